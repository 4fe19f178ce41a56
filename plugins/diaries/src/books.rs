//! The books of a month: sheets in line with entries, and months read from them.

use std::collections::BTreeMap;

use cunshi_sdk::contract::manifest::Who;
use cunshi_sdk::prelude::{Doc, Error, PeopleQuery, Read, Result, Write};

use crate::domain::days::{self, Micros};
use crate::domain::{
    Beginning, Change, ChangeKind, Duties, Entry, Home, HomeIndexes as _, Line, Row, Sheet, SheetIndexes as _, Sum,
    Summary, SummaryIndexes as _, home, month,
};

/// Most sheets of a month: more cadres has no village.
const SHEETS: u32 = 100;

/// Brings the sheets in line with an entry that was published or changed, and notes it where the month is closed.
/// `old_day` is its day before, when that may be another one.
pub fn keep(cx: &mut Write, entry: &Doc<Entry>, old_day: Option<Micros>, kind: ChangeKind) -> Result<()> {
    if began(cx)?.is_none() {
        cx.insert(&Beginning { at: cx.now() })?;
    }
    let month = days::month_start(entry.day);
    let old = old_day.map(days::month_start).filter(|old| *old != month);
    if let Some(old) = old {
        change(cx, old, entry, |sheet| {
            sheet.take(&entry.id);
            true
        })?;
        note(cx, old, old_day.unwrap_or(entry.day), entry, kind)?;
    }
    change(cx, month, entry, |sheet| {
        if entry.is_public() {
            return sheet.put(Line::of(&entry.id, entry));
        }
        sheet.take(&entry.id);
        sheet.withdrawn += 1;
        true
    })?;
    note(cx, month, entry.day, entry, kind)
}

fn change(cx: &mut Write, month: Micros, entry: &Entry, fill: impl FnOnce(&mut Sheet) -> bool) -> Result<()> {
    let full = || Error::conflict(t!("refused.sheet-full"));
    if let Some(mut sheet) = sheet(cx, month, &entry.author)? {
        sheet.name.clone_from(&entry.author_name);
        if !fill(&mut sheet.body) {
            return Err(full());
        }
        cx.update(&sheet)?;
    } else {
        let mut sheet = Sheet::new(month, &entry.author, &entry.author_name);
        if !fill(&mut sheet) {
            return Err(full());
        }
        cx.insert(&sheet)?;
    }
    Ok(())
}

fn note(cx: &mut Write, month: Micros, day: Micros, entry: &Doc<Entry>, kind: ChangeKind) -> Result<()> {
    let Some(mut summary) = summary(cx, month)? else { return Ok(()) };
    summary.note(Change {
        kind,
        at: cx.now(),
        person: entry.author.clone(),
        name: entry.author_name.clone(),
        day,
        entry: entry.id.clone(),
    });
    cx.update(&summary)?;
    Ok(())
}

/// A cadre's sheet of a month.
pub fn sheet(cx: &Read, month: Micros, person: &str) -> Result<Option<Doc<Sheet>>> {
    Ok(cx.data::<Sheet>().by_key(Sheet::key_of(month, person)).first()?)
}

/// The summary of a month, once it is closed.
pub fn summary(cx: &Read, month: Micros) -> Result<Option<Doc<Summary>>> {
    Ok(cx.data::<Summary>().by_month(month).first()?)
}

/// When the first entry was published: before that month nothing was asked of anybody.
pub fn began(cx: &Read) -> Result<Option<Micros>> {
    Ok(cx.data::<Beginning>().by("by_at").first()?.map(|beginning| beginning.at))
}

/// What the village asks of each cadre now.
pub fn duties(cx: &Read) -> Result<Duties> {
    Ok(Duties { visits: cx.setting("visits_per_month")?, meetings: cx.setting("meetings_per_month")? })
}

/// When a month's summary is fixed.
pub fn closes_at(cx: &Read, month: Micros) -> Result<Micros> {
    let grace: i64 = cx.setting("grace_days")?;
    Ok(days::next_month(month) + grace.clamp(0, 31) * days::DAY)
}

/// A month as it stands.
#[derive(Clone, Debug)]
pub struct Month {
    /// Where it begins.
    pub start: Micros,
    /// What is asked of each cadre: as it was when the month was closed.
    pub duties: Duties,
    /// The cadres, by name, as it stands now.
    pub rows: Vec<Row>,
    /// Their sheets, in the same order.
    pub sheets: Vec<Sheet>,
    /// Set once it is closed.
    pub summary: Option<Doc<Summary>>,
}

impl Month {
    /// Reads it: four reads.
    pub fn of(cx: &Read, start: Micros) -> Result<Self> {
        let summary = summary(cx, start)?;
        let mut known: BTreeMap<String, Sheet> = BTreeMap::new();
        for sheet in cx.data::<Sheet>().by_month(start).take(SHEETS)? {
            known.insert(sheet.person.clone(), sheet.body);
        }
        let on_duty: Vec<(String, String)> = match &summary {
            // Who had duties in a closed month does not change with the committee.
            Some(summary) => {
                let rows = summary.rows.iter().filter(|row| row.on_duty);
                rows.map(|row| (row.person.clone(), row.name.clone())).collect()
            }
            None if start >= days::month_start(began(cx)?.unwrap_or_else(|| cx.now())) => cadres(cx)?,
            None => Vec::new(),
        };
        let mut sheets: Vec<(bool, Sheet)> = Vec::new();
        for (person, name) in on_duty {
            let sheet = known.remove(&person).unwrap_or_else(|| Sheet::new(start, &person, &name));
            sheets.push((true, sheet));
        }
        sheets.extend(known.into_values().filter(|sheet| !sheet.lines.is_empty()).map(|sheet| (false, sheet)));
        sheets.sort_by(|(_, a), (_, b)| (&a.name, &a.person).cmp(&(&b.name, &b.person)));
        let row = |(on_duty, sheet): &(bool, Sheet)| Row {
            person: sheet.person.clone(),
            name: sheet.name.clone(),
            sum: sheet.sum(),
            on_duty: *on_duty,
            excused: sheet.excused,
        };
        let rows = sheets.iter().map(row).collect();
        let duties = summary.as_ref().map_or_else(|| duties(cx), |summary| Ok(summary.duties))?;
        Ok(Self { start, duties, rows, sheets: sheets.into_iter().map(|(_, sheet)| sheet).collect(), summary })
    }

    /// The rows as they were fixed, or as they stand.
    pub fn fixed_rows(&self) -> &[Row] {
        self.summary.as_ref().map_or(self.rows.as_slice(), |summary| summary.rows.as_slice())
    }

    /// The village's figures.
    pub fn total(&self) -> Sum {
        self.rows.iter().fold(Sum::default(), |sum, row| sum.plus(row.sum))
    }
}

/// The cadres of the village, with their names.
pub fn cadres(cx: &Read) -> Result<Vec<(String, String)>> {
    let query = PeopleQuery { role: Some(Who::Cadre), limit: Some(SHEETS), ..PeopleQuery::default() };
    Ok(cx.people(&query)?.people.into_iter().map(|person| (person.id, person.name)).collect())
}

/// The households visited in the quarter of an instant, up to that instant, with the last day.
pub fn visited(cx: &Read, at: Micros) -> Result<BTreeMap<String, Micros>> {
    let mut visited: BTreeMap<String, Micros> = BTreeMap::new();
    for start in month::quarter(at).into_iter().filter(|start| *start <= at) {
        for sheet in cx.data::<Sheet>().by_month(start).take(SHEETS)? {
            for (household, day) in sheet.visited() {
                let day = start + (day - 1) * days::DAY;
                if day <= at {
                    let last = visited.entry(household.to_owned()).or_insert(day);
                    *last = day.max(*last);
                }
            }
        }
    }
    Ok(visited)
}

/// The hard-pressed households on the list, as far as the reader may know them.
pub fn homes(cx: &Read) -> Result<Vec<Doc<Home>>> {
    Ok(cx.data::<Home>().by_listed(true).take(home::MOST)?)
}
