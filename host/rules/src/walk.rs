//! What can be found wrong with a compiled script by walking over it: calls of functions that do not exist or take
//! another number of arguments, functions that would stand in front of the host's, statements outside of functions,
//! misspelt facts.

use std::collections::{BTreeMap, BTreeSet};

use cunshi_contract::rule::Hook;
use rhai::{AST, ASTNode, Engine, Expr, FnCallExpr, Position, Stmt, Token};

use crate::mistake::Mistake;
use crate::say;

/// Names of the host's and Rhai's functions with the numbers of arguments that they take.
pub(crate) type Natives = BTreeMap<String, BTreeSet<usize>>;

/// Functions of the syntax itself, which no package lists.
const SYNTAX: [(&str, &[usize]); 2] = [("type_of", &[1]), ("call", &[1, 2, 3, 4, 5, 6, 7, 8])];
/// Functions that are there only to say that they may not be used.
const FORBIDDEN: [&str; 1] = ["sleep"];

/// The functions of an engine.
pub(crate) fn natives(engine: &Engine) -> Natives {
    let listed = engine.collect_fn_metadata(
        None,
        |found| Some((found.metadata.name.to_string(), found.metadata.num_params)),
        true,
    );
    let syntax = SYNTAX.iter().flat_map(|(name, counts)| counts.iter().map(|count| ((*name).to_owned(), *count)));
    let mut natives = Natives::new();
    for (name, count) in listed.into_iter().chain(syntax) {
        natives.entry(name).or_default().insert(count);
    }
    natives
}

/// Everything that is wrong.
pub(crate) fn mistakes(engine: &Engine, natives: &Natives, hook: &Hook, source: &str, ast: &AST) -> Vec<Mistake> {
    let mut wrong = Vec::new();
    let mut written: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for function in ast.iter_functions() {
        if natives.contains_key(function.name) {
            let at = definition(engine, source, function.name).unwrap_or(Position::NONE);
            wrong.push(Mistake::at(at, say::shadows(function.name)));
        }
        written.entry(function.name).or_default().insert(function.params.len());
    }
    for statement in ast.statements().iter().filter(|statement| !statement.is_noop()) {
        wrong.push(Mistake::at(statement.position(), say::outside()));
    }
    let keys = keys(ast);
    let calls = Calls { natives, written, keys };
    ast.walk(&mut |path: &[ASTNode<'_>]| {
        wrong.extend(path.last().and_then(|node| calls.mistake(*node)));
        true
    });
    facts(hook, ast, &mut wrong);
    wrong
}

/// Where a function is defined.
pub(crate) fn definition(engine: &Engine, source: &str, name: &str) -> Option<Position> {
    let sources = [source];
    let (tokens, _control) = engine.lex(&sources);
    let mut after = None;
    for (token, position) in tokens {
        match token {
            Token::Fn => after = Some(position),
            Token::Identifier(found) if after.is_some() && *found == name => return after,
            Token::EOF => return None,
            _ => after = None,
        }
    }
    None
}

struct Calls<'a> {
    natives: &'a Natives,
    written: BTreeMap<&'a str, BTreeSet<usize>>,
    keys: BTreeSet<String>,
}

impl Calls<'_> {
    fn mistake(&self, node: ASTNode<'_>) -> Option<Mistake> {
        match node {
            ASTNode::Stmt(Stmt::FnCall(call, at)) | ASTNode::Expr(Expr::FnCall(call, at)) => {
                self.call(call, *at, call.args.len(), call.args.len())
            }
            // `x.f(y)`: x is the first argument of a native function, and `this` of a written one.
            ASTNode::Expr(Expr::MethodCall(call, at)) if !self.keys.contains(call.name.as_str()) => {
                self.call(call, *at, call.args.len() + 1, call.args.len())
            }
            _ => None,
        }
    }

    fn call(&self, call: &FnCallExpr, at: Position, native: usize, written: usize) -> Option<Mistake> {
        let name = call.name.as_str();
        if call.op_token.is_some() || !name.chars().next().is_some_and(|first| first.is_alphabetic() || first == '_') {
            return None;
        }
        if FORBIDDEN.contains(&name) {
            return Some(Mistake::at(at, say::forbidden(name)));
        }
        let (natives, own) = (self.natives.get(name), self.written.get(name));
        if natives.is_some_and(|counts| counts.contains(&native)) || own.is_some_and(|counts| counts.contains(&written))
        {
            return None;
        }
        let shift = native - written;
        let counts = natives
            .into_iter()
            .flatten()
            .map(|count| count.saturating_sub(shift))
            .chain(own.into_iter().flatten().copied());
        let may: Vec<usize> = counts.collect::<BTreeSet<_>>().into_iter().collect();
        Some(Mistake::at(
            at,
            if may.is_empty() { say::unknown_function(name) } else { say::wrong_arity(name, written, &may) },
        ))
    }
}

/// Names that maps of the script have: a function may be kept under one and called as if it were a method.
fn keys(ast: &AST) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    ast.walk(&mut |path: &[ASTNode<'_>]| {
        if let Some(ASTNode::Expr(Expr::Map(map, _))) = path.last() {
            keys.extend(map.0.iter().map(|(name, _)| name.name.to_string()));
        }
        true
    });
    keys
}

/// Misspelt facts: `deed.quantty` in the entry, as long as `deed` is nothing but the facts.
fn facts(hook: &Hook, ast: &AST, wrong: &mut Vec<Mistake>) {
    let mut entry = ast.clone_functions_only();
    entry.retain_functions(|_, _, name, count| name == hook.function() && count == 1);
    let Some(parameter) = entry.iter_functions().find_map(|found| found.params.first().map(ToString::to_string)) else {
        return;
    };
    let (mut read, mut made) = (Vec::new(), false);
    entry.walk(&mut |path: &[ASTNode<'_>]| {
        match path.last() {
            Some(ASTNode::Expr(Expr::Dot(dot, ..))) if variable(&dot.lhs) == Some(parameter.as_str()) => {
                read.extend(property(&dot.rhs));
            }
            Some(ASTNode::Stmt(Stmt::Var(made_here, ..))) => made |= made_here.0.name == parameter.as_str(),
            Some(ASTNode::Stmt(Stmt::For(made_here, _))) => made |= made_here.0.name == parameter.as_str(),
            // `deed = …`, `deed.x = …`, `deed[x] = …`: what stands in it then cannot be told from here.
            Some(ASTNode::Stmt(Stmt::Assignment(assigned))) => made |= root(&assigned.1.lhs) == Some(&parameter),
            _ => {}
        }
        true
    });
    let misspelt = read.into_iter().filter(|(name, _)| !made && !hook.input.iter().any(|field| field.name == *name));
    wrong.extend(misspelt.map(|(name, at)| Mistake::at(at, say::unknown_fact(&name, &hook.input))));
}

fn variable(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Variable(name, ..) => Some(name.1.as_str()),
        _ => None,
    }
}

fn root(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::Dot(chain, ..) | Expr::Index(chain, ..) => root(&chain.lhs),
        other => variable(other),
    }
}

fn property(expr: &Expr) -> Option<(String, Position)> {
    match expr {
        Expr::Property(name, at) => Some((name.2.to_string(), *at)),
        Expr::Dot(chain, ..) | Expr::Index(chain, ..) => property(&chain.lhs),
        _ => None,
    }
}
