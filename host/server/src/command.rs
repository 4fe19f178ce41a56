//! The command line of `cunshi`: one file per command.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand};
use cunshi_model::{Clock, SystemClock};
use cunshi_store::StoreOptions;

use crate::wire::{House, this_program};

mod apply;
mod compile_component;
mod demo;
mod plugin;
mod rule;
mod serve;
mod user;
mod village;

/// Village affairs of a district: one server, a space for every village.
#[derive(Parser)]
#[command(name = "cunshi", version, about, propagate_version = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves the district in a data folder.
    Serve(serve::Serve),
    /// Compares a district's files with the data, shows what would change, and makes it so.
    Apply(apply::Apply),
    /// Builds, checks, installs and lists plugins.
    #[command(subcommand)]
    Plugin(plugin::Plugin),
    /// Checks rules in files and runs their cases.
    #[command(subcommand)]
    Rule(rule::Rule),
    /// Lists villages and verifies their data.
    #[command(subcommand)]
    Village(village::Village),
    /// Adds people, resets passwords, grants roles.
    #[command(subcommand)]
    User(user::User),
    /// Fills an empty data folder with demo people and activity.
    Demo(demo::Demo),
    /// Compiles one component: the child process of an installation.
    #[command(hide = true)]
    CompileComponent(compile_component::CompileComponent),
}

/// Runs a command to its end.
pub fn run(arguments: Arguments) -> Result<()> {
    match arguments.command {
        Command::CompileComponent(command) => compile_component::run(&command),
        Command::Serve(command) => asynchronously(serve::run(command)),
        Command::Apply(command) => asynchronously(apply::run(command)),
        Command::Plugin(command) => plugin::run(command),
        Command::Rule(command) => rule::run(command),
        Command::Village(command) => asynchronously(village::run(command)),
        Command::User(command) => asynchronously(user::run(command)),
        Command::Demo(command) => asynchronously(demo::run(command)),
    }
}

fn asynchronously<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.context("the system gives no threads")?.block_on(work)
}

/// The argument that nearly every command has.
#[derive(Args, Clone)]
struct Data {
    /// The data folder; made when it is missing.
    #[arg(long, env = "CUNSHI_DATA", default_value = "data", value_name = "DIR")]
    data: PathBuf,
}

impl Data {
    async fn open(&self) -> Result<House> {
        House::open(&self.data, StoreOptions::default(), system_clock(), Some(this_program()?)).await
    }
}

fn system_clock() -> Arc<dyn Clock> {
    Arc::new(SystemClock)
}
