//! The state of one call: the transaction that it runs in, what it may use, what it used.

use std::sync::Arc;

use cunshi_model::id::uuid_at;
use cunshi_model::port::{DataError, ReadSpace, SpaceProfile, WriteSpace};
use cunshi_model::{Actor, EventId, Micros, Viewer};
use wasmtime::ResourceLimiter;

use crate::abi::{Level, Refusal};
use crate::admission::Admission;
use crate::budget::{Budgets, Limit, MAX_INSTANCES, MAX_MEMORIES, MAX_TABLE_ELEMENTS, MAX_TABLES, PATIENCE};
use crate::meter::Meter;
use crate::release::Release;
use crate::rules::FailedRule;
use crate::runtime::Inner;

/// The data that a call reaches.
pub(crate) enum Access {
    /// None: an upgrade is pure.
    Pure,
    /// One snapshot.
    Read(Box<dyn ReadSpace>),
    /// One transaction.
    Write(Box<dyn WriteSpace>),
}

/// A line that the guest wrote to its log.
#[derive(Clone, Debug)]
pub(crate) struct LogLine {
    pub(crate) level: Level,
    pub(crate) message: String,
}

/// What a call used so far.
#[derive(Default)]
pub(crate) struct Used {
    data_operations: u32,
    bytes_in: usize,
    bytes_out: usize,
    events: u32,
    messages: u32,
    log_bytes: usize,
    memory: usize,
    table_elements: usize,
    refused: u32,
    ids: u16,
}

/// The state of one call.
pub(crate) struct CallState {
    pub(crate) inner: Arc<Inner>,
    pub(crate) release: Arc<Release>,
    pub(crate) profile: Arc<SpaceProfile>,
    /// Of this space.
    pub(crate) budgets: Arc<Budgets>,
    pub(crate) access: Access,
    pub(crate) viewer: Viewer,
    pub(crate) actor: Option<Actor>,
    pub(crate) now: Micros,
    /// The delivery's event, when one is heard.
    pub(crate) cause: Option<EventId>,
    pub(crate) admission: Admission,
    pub(crate) meter: Arc<Meter>,
    pub(crate) used: Used,
    pub(crate) log: Vec<LogLine>,
    /// Something was written or sent.
    pub(crate) wrote: bool,
    /// A document of an older schema was read.
    pub(crate) saw_outdated: bool,
    /// A budget whose request was refused.
    pub(crate) over: Option<Limit>,
    /// The limit that ends the call.
    pub(crate) stopped: Option<Limit>,
    /// The storage failure that ends the call.
    pub(crate) broken: Option<DataError>,
    /// Rules that failed, to be kept for whoever mends them when the call is over.
    pub(crate) failed_rules: Vec<FailedRule>,
    /// The last of them ends the call.
    pub(crate) ended_by_rule: bool,
}

/// Ends a guest from inside a host function; the reason is in [`CallState`].
#[derive(Debug, thiserror::Error)]
#[error("the host ended the call")]
pub(crate) struct Ended;

impl CallState {
    /// The snapshot or transaction.
    pub(crate) fn reader(&mut self) -> Result<&mut dyn ReadSpace, Refusal> {
        match &mut self.access {
            Access::Pure => Err(Refusal::NotGranted("an upgrade is pure: nothing can be asked during it".to_owned())),
            Access::Read(space) => Ok(space.as_mut()),
            Access::Write(space) => Ok(space.as_mut()),
        }
    }

    /// The transaction.
    pub(crate) fn writer(&mut self) -> Result<&mut dyn WriteSpace, Refusal> {
        match &mut self.access {
            Access::Pure => Err(Refusal::NotGranted("an upgrade is pure: nothing can be asked during it".to_owned())),
            Access::Read(_) => Err(Refusal::ReadOnly),
            Access::Write(space) => Ok(space.as_mut()),
        }
    }

    /// A fresh identifier: UUIDv7 of the call's instant, numbered within the call so that they sort as made.
    pub(crate) fn new_id(&mut self) -> String {
        let mut bytes = *uuid_at(self.now).as_bytes();
        let [high, low] = self.used.ids.to_be_bytes();
        bytes[6] = 0x70 | (high & 0x0f);
        bytes[7] = low;
        self.used.ids = self.used.ids.wrapping_add(1);
        uuid::Uuid::from_bytes(bytes).to_string()
    }

    /// Counts one operation on data.
    pub(crate) fn count_operation(&mut self) -> Result<(), Refusal> {
        let most = self.budgets.data_operations;
        if self.used.data_operations >= most {
            return Err(self.refuse(Limit::DataOperations, format!("a call may do {most} data operations")));
        }
        self.used.data_operations += 1;
        Ok(())
    }

    /// Counts bytes that the guest gave.
    pub(crate) fn count_out(&mut self, bytes: usize) -> Result<(), Refusal> {
        let most = self.budgets.bytes;
        self.used.bytes_out = self.used.bytes_out.saturating_add(bytes);
        if self.used.bytes_out > most {
            return Err(self.refuse(Limit::Bytes, format!("a call may give {most} bytes of JSON")));
        }
        Ok(())
    }

    /// Counts bytes that the guest gets.
    pub(crate) fn count_in(&mut self, bytes: usize) -> Result<(), Refusal> {
        let most = self.budgets.bytes;
        self.used.bytes_in = self.used.bytes_in.saturating_add(bytes);
        if self.used.bytes_in > most {
            return Err(
                self.refuse(Limit::Bytes, format!("a call may get {most} bytes of JSON: ask for fewer at once"))
            );
        }
        Ok(())
    }

    /// Counts an event.
    pub(crate) fn count_event(&mut self) -> Result<(), Refusal> {
        let most = self.budgets.events;
        if self.used.events >= most {
            return Err(self.refuse(Limit::Events, format!("a call may send {most} events")));
        }
        self.used.events += 1;
        Ok(())
    }

    /// Counts a message, of which a call may send so many.
    pub(crate) fn count_message(&mut self, most: u32) -> Result<(), Refusal> {
        if self.used.messages >= most {
            return Err(self.refuse(Limit::Messages, format!("a call sends at most {most} messages")));
        }
        self.used.messages += 1;
        Ok(())
    }

    /// Keeps a line of the log, as far as there is room.
    pub(crate) fn keep_log(&mut self, level: Level, mut message: String) {
        let room = self.budgets.log_bytes.saturating_sub(self.used.log_bytes);
        if room == 0 {
            return;
        }
        if message.len() > room {
            let mut end = room;
            while !message.is_char_boundary(end) {
                end -= 1;
            }
            message.truncate(end);
            message.push('…');
        }
        self.used.log_bytes += message.len().max(16);
        self.log.push(LogLine { level, message });
    }

    /// What a data error is to a guest; a failure of the storage also ends the call.
    pub(crate) fn refusal(&mut self, error: DataError) -> Refusal {
        match error {
            DataError::Missing => Refusal::Missing,
            DataError::Conflict { .. } => Refusal::Conflict(error.to_string()),
            DataError::Duplicate { index } => Refusal::Duplicate(index),
            DataError::Invalid(text) => Refusal::Invalid(text),
            DataError::Busy | DataError::NoSpace | DataError::Storage(_) => {
                let text = error.to_string();
                self.broken = Some(error);
                Refusal::Unavailable(text)
            }
        }
    }

    /// What a host function returns: the answer, or the end of the call.
    pub(crate) fn answer<T>(&self, result: Result<T, Refusal>) -> wasmtime::Result<(Result<T, Refusal>,)> {
        if self.stopped.is_some() || self.broken.is_some() || self.ended_by_rule {
            return Err(wasmtime::Error::new(Ended));
        }
        Ok((result,))
    }

    /// Ends the call at a limit.
    pub(crate) fn stop(&mut self, limit: Limit) -> wasmtime::Error {
        self.stopped.get_or_insert(limit);
        wasmtime::Error::new(Ended)
    }

    /// Refuses what is beyond a budget; who asks on and on is stopped.
    pub(crate) fn refuse(&mut self, limit: Limit, text: String) -> Refusal {
        self.over.get_or_insert(limit);
        self.used.refused += 1;
        if self.used.refused > PATIENCE {
            self.stopped.get_or_insert(limit);
        }
        Refusal::OverBudget(text)
    }
}

impl ResourceLimiter for CallState {
    fn memory_growing(&mut self, current: usize, desired: usize, _maximum: Option<usize>) -> wasmtime::Result<bool> {
        let more = desired.saturating_sub(current);
        let total = self.used.memory.saturating_add(more);
        if total > self.budgets.memory {
            return Err(self.stop(Limit::Memory));
        }
        if !self.admission.take_memory(more) {
            return Err(self.stop(Limit::SharedMemory));
        }
        self.used.memory = total;
        Ok(true)
    }

    fn table_growing(&mut self, current: usize, desired: usize, _maximum: Option<usize>) -> wasmtime::Result<bool> {
        let total = self.used.table_elements.saturating_add(desired.saturating_sub(current));
        if total > MAX_TABLE_ELEMENTS {
            return Err(self.stop(Limit::Tables));
        }
        self.used.table_elements = total;
        Ok(true)
    }

    fn instances(&self) -> usize {
        MAX_INSTANCES as usize
    }

    fn tables(&self) -> usize {
        MAX_TABLES as usize
    }

    fn memories(&self) -> usize {
        MAX_MEMORIES as usize
    }
}
