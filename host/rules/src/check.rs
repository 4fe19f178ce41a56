//! The check that a version passes before it may be published: it compiles, its table is sound, no guard is passed,
//! and every case comes out as written.

use cunshi_contract::Text;
use cunshi_contract::rule::{Hook, RuleCase, RuleText};
use cunshi_model::Calendar;
use cunshi_model::rules::{Answered, Guard, Question, Step};
use rust_decimal::Decimal;
use serde_json::{Map, Value};

use crate::rules::Rules;
use crate::script::{self, Script};
use crate::value::{self, Notation};
use crate::{amount, guard, run, say, table};

pub use crate::mistake::Mistake;

/// Greatest number of cases.
const MOST_CASES: usize = 100;

/// What a check found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Everything that is wrong, a failed case included; fit to be published when empty.
    pub errors: Vec<Mistake>,
    /// The cases, in order; none when script or table cannot run.
    pub cases: Vec<CaseResult>,
}

/// How a case went.
#[derive(Clone, Debug, PartialEq)]
pub struct CaseResult {
    /// Its name.
    pub name: String,
    /// It came out as written.
    pub ok: bool,
    /// What came out, points as hundredths; none when the script failed.
    pub output: Option<Map<String, Value>>,
    /// What the script said.
    pub because: Vec<String>,
    /// What is wrong, when it is not ok.
    pub message: Option<Text>,
}

impl Report {
    /// Whether the version may be published.
    pub fn is_ok(&self) -> bool {
        self.errors.is_empty()
    }

    /// The number, from 0, of the case by which an error was found: errors of cases are the last, in their order.
    pub fn case_of(&self, error: usize) -> Option<usize> {
        let mut failed = self.cases.iter().enumerate().filter(|(_, case)| !case.ok).map(|(number, _)| number);
        let before = self.errors.len().checked_sub(failed.clone().count())?;
        failed.nth(error.checked_sub(before)?)
    }
}

impl Rules {
    /// Checks a rule against its hook and the district's guards.
    pub fn check(&self, hook: &Hook, text: &RuleText, guards: &[Guard]) -> Report {
        let mut report = Report::default();
        let compiled = script::compile(&self.engine, &self.natives, hook, &text.script)
            .map_err(|wrong| report.errors.extend(wrong));
        let table = table::read(&hook.table, &text.table).map_err(|wrong| report.errors.extend(wrong));
        report.errors.extend(guard::passed_by_rows(hook, guards, &text.table));
        if text.cases.len() > MOST_CASES {
            report.errors.push(Mistake::whole(say::too_many_cases(text.cases.len(), MOST_CASES)));
            return report;
        }
        let (Ok(compiled), Ok(table)) = (compiled, table) else { return report };
        let script = Script::new(compiled, table, hook);
        for case in &text.cases {
            let mut result =
                CaseResult { name: case.name.clone(), ok: true, output: None, because: Vec::new(), message: None };
            let wrong = self.case(&script, hook, case, guards, &mut result).err();
            if let Some(mut mistake) = wrong {
                let endless = mistake.message == say::endless();
                result.ok = false;
                result.message = Some(mistake.message.clone());
                mistake.message = say::in_case(case, &mistake.message);
                report.errors.push(mistake);
                report.cases.push(result);
                // What does not end once will not end a hundred times.
                if endless {
                    break;
                }
            } else {
                report.cases.push(result);
            }
        }
        report
    }

    fn case(
        &self,
        script: &Script,
        hook: &Hook,
        case: &RuleCase,
        guards: &[Guard],
        result: &mut CaseResult,
    ) -> Result<(), Mistake> {
        let facts = value::facts(&hook.input, &case.input, Notation::Written, false).map_err(Mistake::whole)?;
        let mut answers: Vec<Answered> = Vec::new();
        let output = loop {
            match self.run(script, hook, &|| facts.clone(), &answers)? {
                Step::Asks { question, what } => {
                    let answer = answer(case, &question, &what).map_err(Mistake::whole)?;
                    answers.push(Answered { question, answer });
                    // The run itself refuses to ask more; this only makes the end plain.
                    if answers.len() > run::MOST_QUESTIONS {
                        return Err(Mistake::whole(say::too_many_questions(run::MOST_QUESTIONS)));
                    }
                }
                Step::Decided { output, because } => {
                    result.because = because;
                    break output;
                }
                Step::Failed(failure) => return Err(failure.into()),
            }
        };
        let output = result.output.insert(output);
        if let Some(mistake) = guard::passed(hook, guards, &case.input, Notation::Written, output) {
            return Err(mistake);
        }
        for (name, wanted) in &case.output {
            let Some(field) = hook.output.iter().find(|field| field.name == *name) else {
                return Err(Mistake::whole(say::case_unknown(name, &hook.output)));
            };
            if !value::same(field, wanted, output.get(name)) {
                let wanted = value::shown(field, Some(wanted), Notation::Written);
                let found = value::shown(field, output.get(name), Notation::Counted);
                return Err(Mistake::whole(say::case_differs(name, &wanted, &found)));
            }
        }
        Ok(())
    }
}

/// What the host would answer in a case: as the case says, else nothing so far, or the working days of a plain week.
fn answer(case: &RuleCase, question: &str, what: &Question) -> Result<i64, Text> {
    let written = case.answers.get(question);
    let wrong = |problem: Text| say::case_answer(question, &problem);
    match what {
        Question::Total { .. } | Question::Balance { .. } => {
            let points = match written {
                None => Some(Decimal::ZERO),
                Some(Value::String(text)) => amount::read(text, 2),
                Some(value) => value.as_i64().map(Decimal::from),
            };
            points.and_then(amount::hundredths).ok_or_else(|| wrong(say::points()))
        }
        Question::Times { .. } => match written {
            None => Ok(0),
            Some(value) => value.as_i64().filter(|times| *times >= 0).ok_or_else(|| wrong(say::whole_number())),
        },
        Question::WorkingDays { days, from } => match written {
            None => Calendar::default().add_working_days(*from, *days).map_err(|_| wrong(say::whole_number())),
            Some(value) => value.as_i64().ok_or_else(|| wrong(say::whole_number())),
        },
    }
}
