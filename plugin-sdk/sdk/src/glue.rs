//! From the ABI to the methods of a plugin: reads the call, makes the context, writes the answer. The code that
//! `export!` generates calls these.

use serde::Serialize;

use crate::cx::{Level, Params};
use crate::error::{Error, Result};
use crate::wire::{Door, types::Failure};
use crate::{Read, Write};

/// Runs a read-only method and writes its answer as JSON.
pub fn read<R: Serialize>(call: &str, body: impl FnOnce(&Read, Params) -> Result<R>) -> Result<String, Failure> {
    let mut cx = begin(call)?;
    let params = cx.take_params();
    json(&body(&cx, params)?)
}

/// Runs a writing method.
pub fn write<R>(call: &str, body: impl FnOnce(&mut Write, Params) -> Result<R>) -> Result<R, Failure> {
    let mut cx = Write::new(begin(call)?);
    let params = cx.take_params();
    Ok(body(&mut cx, params)?)
}

/// An answer as JSON.
pub fn json<R: Serialize>(answer: &R) -> Result<String, Failure> {
    serde_json::to_string(answer).map_err(|error| Error::from(error).into())
}

/// Brings an old document into the present schema.
pub fn upgrade(
    collection: &str,
    body: &str,
    from: u32,
    upgrade: impl FnOnce(&str, u32, serde_json::Value) -> Result<serde_json::Value>,
) -> Result<String, Failure> {
    listen();
    let body = serde_json::from_str(body).map_err(Error::from)?;
    json(&upgrade(collection, from, body)?)
}

/// The manifest and the component do not agree on a name: only a broken build gets here.
pub fn unknown<R>(name: &str) -> Result<R> {
    Err(Error::Failed("the component has nothing of the name ".to_owned() + name))
}

fn begin(call: &str) -> Result<Read, Failure> {
    listen();
    let call = serde_json::from_str(call).map_err(Error::from)?;
    Ok(Read::new(call, Door))
}

/// A panic says what and where in the call's log before it ends the call.
fn listen() {
    std::panic::set_hook(Box::new(|panic| Door.log(Level::Error, &panic.to_string())));
}
