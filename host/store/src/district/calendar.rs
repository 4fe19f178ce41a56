//! The district's working-day calendar: the days that are not what their weekday says.

use cunshi_model::Calendar;
use cunshi_model::calendar::{DayKind, LocalDay};
use cunshi_model::port::Result;

use super::District;
use crate::StoreError;
use crate::db::{Row, args};

statements! {
    DAYS = "SELECT day, kind FROM calendar_day ORDER BY day";
    CLEAR = "DELETE FROM calendar_day";
    ADD = "INSERT INTO calendar_day (day, kind) VALUES ($1, $2)";
}

impl District {
    /// The calendar; an empty one when none was set.
    pub async fn calendar(&self) -> Result<Calendar> {
        let rows = self.reader().await?.rows(DAYS, &[]).await?;
        Ok(Calendar::new(rows.iter().map(day).collect::<Result<Vec<_>, StoreError>>()?))
    }

    /// Replaces the calendar.
    pub async fn set_calendar(&self, calendar: &Calendar) -> Result<()> {
        if self.calendar().await? == *calendar {
            return Ok(());
        }
        let mut tx = self.write().await?;
        tx.execute(CLEAR, &[]).await?;
        for (day, kind) in calendar.days() {
            let kind = match kind {
                DayKind::Holiday => "holiday",
                DayKind::Working => "working",
            };
            tx.execute(ADD, args![day.to_string(), kind]).await?;
        }
        Ok(tx.commit().await?)
    }
}

fn day(row: &Row) -> Result<(LocalDay, DayKind), StoreError> {
    let kind = match row.text(1)?.as_str() {
        "holiday" => DayKind::Holiday,
        "working" => DayKind::Working,
        other => return Err(row.damaged(format!("unknown kind of day `{other}`").into())),
    };
    Ok((row.parsed(0)?, kind))
}
