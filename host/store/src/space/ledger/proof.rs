//! Whether the ledger is what was written: the chain row by row, then balances, holds and sums against the rows.

use std::collections::{BTreeMap, HashMap};

use cunshi_contract::ledger::{Entry, PointKind};
use cunshi_model::port::Result;

use super::entries::{Covered, HEAD, TRACED, chain_hash, entry, entry_columns, payload_digest};
use super::sums::Periods;
use super::{Owner, holds, kind_word, read_kind};
use crate::StoreError;
use crate::db::{Lease, Row, args};
use crate::space::audit::{RecordKey, RecordState};
use crate::space::state;
use crate::space::verify::{Flaw, VerifyReport};

statements! {
    CHAIN = concat!("SELECT ", entry_columns!(), ", plugin, is_earned, salt, digest, hash FROM ledger_entry
        WHERE space_id = $1 AND number > $2 ORDER BY number LIMIT 500");
    ACCOUNTS = "SELECT whose, holder, kind, balance, held FROM ledger_account WHERE space_id = $1";
    SUMS = "SELECT whose, holder, kind, span, period, amount, earned FROM ledger_sum WHERE space_id = $1";
}

/// The heads that audited transactions left: the hash of the row with a number.
pub(in crate::space) type Heads = HashMap<i64, String>;

/// So many rows are named; who changed more has changed all.
const NAMED: usize = 20;

/// What the rows come to.
#[derive(Default)]
struct Counted {
    balances: BTreeMap<(Owner, &'static str), i64>,
    /// The balance that the newest row so far says.
    said: HashMap<(Owner, &'static str), i64>,
    sums: BTreeMap<(Owner, &'static str, &'static str, String), (i64, i64)>,
}

/// A row with what only the chain looks at.
struct Link {
    entry: Entry,
    owner: Owner,
    plugin: String,
    earned: bool,
    salt: Option<String>,
    digest: String,
    hash: String,
    /// The text as stored.
    text: Option<String>,
}

/// Notes a head that the audit's traces tell of.
pub(in crate::space) fn head(heads: &mut Heads, key: &RecordKey, state: &RecordState) {
    if key.plugin.is_empty() && key.collection == TRACED && key.record == HEAD {
        heads.insert(state.version, state.hash.clone());
    }
}

/// Recomputes the chain and everything that is summed from it.
pub(in crate::space) async fn verify(
    lease: &mut Lease,
    space: &str,
    heads: &Heads,
    report: &mut VerifyReport,
) -> Result<()> {
    let state = state::read(lease, space).await?;
    let mut counted = Counted::default();
    let (mut last, mut hash, mut wrong) = (0, String::new(), 0);
    loop {
        let rows = lease.rows(CHAIN, args![space, last]).await?;
        if rows.is_empty() {
            break;
        }
        for row in &rows {
            let link = link(row)?;
            let number = i64::try_from(link.entry.number).unwrap_or(i64::MAX);
            let follows = counted.add(&link);
            let sound = number == last + 1
                && link.hash == chain_hash(&hash, &link.entry, &link.covered())
                && link.has_its_payload()
                && heads.get(&number).is_none_or(|head| *head == link.hash)
                && follows;
            if !sound && wrong < NAMED {
                report.flaws.push(Flaw::Ledger { number });
                wrong += 1;
            }
            report.ledger_rows += 1;
            (last, hash) = (number, link.hash);
        }
    }
    if (last, &hash) != (state.ledger_number, &state.ledger_hash) && wrong == 0 {
        report.flaws.push(Flaw::LedgerEnd { found: last, expected: state.ledger_number });
    }
    compare(lease, space, counted, report).await
}

impl Link {
    fn covered(&self) -> Covered<'_> {
        Covered { plugin: &self.plugin, earned: self.earned, digest: &self.digest }
    }

    /// The payload is that of the digest, or gone altogether.
    fn has_its_payload(&self) -> bool {
        let Entry { person, item, .. } = &self.entry;
        match (&self.salt, &self.text) {
            (Some(salt), Some(text)) => payload_digest(salt, text, person.as_deref(), item.as_deref()) == self.digest,
            (None, None) => person.is_none() && item.is_none(),
            _ => false,
        }
    }
}

fn link(row: &Row) -> Result<Link, StoreError> {
    Ok(Link {
        entry: entry(row)?,
        owner: Owner::read(row, 2, 3)?,
        plugin: row.text(16)?,
        earned: row.truth(17)?,
        salt: row.maybe_text(18)?,
        digest: row.text(19)?,
        hash: row.text(20)?,
        text: row.maybe_text(10)?,
    })
}

impl Counted {
    /// Counts a row in; whether its balance follows from the row before of the same account.
    fn add(&mut self, link: &Link) -> bool {
        let Link { entry, owner, earned, salt, .. } = link;
        let kind = kind_word(entry.kind);
        *self.balances.entry((owner.clone(), kind)).or_default() += entry.amount;
        let before = self.said.insert((owner.clone(), kind), entry.balance).unwrap_or(0);
        let follows = before.checked_add(entry.amount) == Some(entry.balance);
        if entry.amount == 0 {
            return follows;
        }
        let of_earned = if *earned { entry.amount } else { 0 };
        // Of a person who was erased no deeds are summed.
        let deeds = owner.of_deeds(entry.person.as_deref()).filter(|_| *earned && salt.is_some());
        let Periods { month, quarter, year } = Periods::of(entry.at);
        for owner in [Some(owner.clone()), deeds].into_iter().flatten() {
            let spans = [("month", &month), ("quarter", &quarter), ("year", &year), ("ever", &String::new())]
                .map(|(span, period)| (span, period.clone()));
            for (span, period) in spans {
                let sum = self.sums.entry((owner.clone(), kind, span, period)).or_default();
                *sum = (sum.0 + entry.amount, sum.1 + of_earned);
            }
        }
        follows
    }
}

/// What is stored beside the rows must be what they come to.
async fn compare(lease: &mut Lease, space: &str, mut counted: Counted, report: &mut VerifyReport) -> Result<()> {
    let mut held: BTreeMap<(Owner, &'static str), i64> = BTreeMap::new();
    for hold in holds::every(lease, space).await? {
        *held.entry((hold.owner, kind_word(hold.kind))).or_default() += hold.amount;
    }
    let mut differs = |what: &'static str, of: String, stored: i64, counted: i64| {
        if stored != counted {
            report.flaws.push(Flaw::Figure { what, of, stored, counted });
        }
    };
    for row in lease.rows(ACCOUNTS, args![space]).await? {
        let (owner, kind) = (Owner::read(&row, 0, 1)?, read_kind(&row, 2)?);
        let (name, key) = (name(&owner, kind), (owner, kind_word(kind)));
        differs("balance", name.clone(), row.integer(3)?, counted.balances.remove(&key).unwrap_or(0));
        differs("amount set aside", name, row.integer(4)?, held.remove(&key).unwrap_or(0));
    }
    for ((owner, kind), amount) in counted.balances {
        differs("balance", format!("{} {} ({kind})", owner.whose, owner.id), 0, amount);
    }
    for ((owner, kind), amount) in held {
        differs("amount set aside", format!("{} {} ({kind})", owner.whose, owner.id), 0, amount);
    }
    for row in lease.rows(SUMS, args![space]).await? {
        let (owner, kind) = (Owner::read(&row, 0, 1)?, read_kind(&row, 2)?);
        let (span, period) = (row.text(3)?, row.text(4)?);
        let of = format!("{} {}", name(&owner, kind), if period.is_empty() { "ever" } else { &period });
        let known = ["month", "quarter", "year", "ever"].into_iter().find(|known| *known == span);
        let sum = known.and_then(|span| counted.sums.remove(&(owner, kind_word(kind), span, period)));
        let (amount, earned) = sum.unwrap_or_default();
        differs("sum", of.clone(), row.integer(5)?, amount);
        differs("sum earned", of, row.integer(6)?, earned);
    }
    for ((owner, kind, span, period), (amount, _)) in counted.sums {
        differs("sum", format!("{} {} ({kind}) {span} {period}", owner.whose, owner.id), 0, amount);
    }
    Ok(())
}

fn name(owner: &Owner, kind: PointKind) -> String {
    format!("{} {} ({})", owner.whose, owner.id, kind_word(kind))
}

/// What the audit's traces should say of the chain's head.
pub(in crate::space) async fn states(
    lease: &mut Lease,
    space: &str,
) -> Result<Vec<(&'static str, String, RecordState)>> {
    let state = state::read(lease, space).await?;
    if state.ledger_number == 0 {
        return Ok(Vec::new());
    }
    let head = RecordState { version: state.ledger_number, hash: state.ledger_hash };
    Ok(vec![(TRACED, HEAD.to_owned(), head)])
}
