//! The ledger in memory, on which the tests of host and plugins rest.

use cunshi_contract::ledger::books::{Books, Refused};
use cunshi_contract::ledger::{
    Balances, ClosePeriod, Closed, EntryReason, Hold, Holder, PointKind, Posting, RankBy, RankingQuery, StatementQuery,
    period,
};

fn home(name: &str) -> Holder {
    Holder::Household(name.to_owned())
}

fn row(holder: &str, amount: i64) -> Posting {
    Posting {
        holder: home(holder),
        person: None,
        kind: PointKind::Redeemable,
        amount,
        reason: if amount > 0 { EntryReason::Award } else { EntryReason::Redeem },
        item: Some("volunteer".to_owned()),
        text: "义务劳动".to_owned(),
        decision: Some("d1".to_owned()),
        corrects: None,
        at: None,
        floor: 0,
        clip: false,
    }
}

/// Posts a row and gives its id back, or the sentence why not.
fn post(books: &mut Books, posting: &Posting, now: i64) -> Result<String, String> {
    let id = format!("e{}", books.entries().len() + 1);
    match books.post(id, posting, None, now) {
        Ok(entry) => Ok(entry.id),
        Err(Refused::Invalid(text)) => Err(text),
        Err(Refused::Missing) => Err("missing".to_owned()),
    }
}

#[test]
fn a_balance_is_the_sum_of_its_rows_and_keeps_to_its_floor() {
    let mut books = Books::default();
    post(&mut books, &row("lin", 500), 1).unwrap();
    assert_eq!(post(&mut books, &row("lin", -600), 2).unwrap_err(), "the account has 5 points: 6 cannot be taken");
    assert!(
        post(&mut books, &Posting { floor: -100, ..row("lin", -700) }, 2).unwrap_err().contains("may go down to -1")
    );
    post(&mut books, &Posting { floor: -100, ..row("lin", -600) }, 2).unwrap();
    assert_eq!(books.balances(&home("lin")).redeemable, -100);
    post(&mut books, &Posting { clip: true, ..row("lin", -50) }, 3).unwrap();
    assert_eq!(books.entries().last().map(|row| (row.amount, row.balance)), Some((0, -100)));
    assert_eq!(books.balances(&home("li")), Balances::default());
}

#[test]
fn what_is_set_aside_is_spent_exactly_or_given_back() {
    let mut books = Books::default();
    post(&mut books, &row("lin", 500), 1).unwrap();
    let hold = Hold { holder: home("lin"), kind: PointKind::Redeemable, amount: 400 };
    let first = books.reserve("h1".to_owned(), "points", &hold).unwrap();
    assert!(books.reserve("h2".to_owned(), "points", &hold).is_err());
    assert!(post(&mut books, &row("lin", -200), 2).is_err());
    assert_eq!(books.balances(&home("lin")).held, 400);
    assert_eq!(books.release("issues", &first), Err(Refused::Missing));
    let spend =
        |books: &mut Books, amount| books.capture("c1".to_owned(), "points", &first, &row("lin", amount), None, 3);
    assert!(spend(&mut books, -300).is_err());
    assert_eq!(spend(&mut books, -400).unwrap().balance, 100);
    assert_eq!(spend(&mut books, -400), Err(Refused::Missing));
    let again = books.reserve("h3".to_owned(), "points", &Hold { amount: 100, ..hold }).unwrap();
    books.release("points", &again).unwrap();
    assert_eq!(books.balances(&home("lin")), Balances { redeemable: 100, ..Balances::default() });
}

#[test]
fn every_row_has_a_reason_and_somebody_who_made_it() {
    let mut books = Books::default();
    let plain = row("lin", 100);
    let refused = [
        Posting { decision: None, ..plain.clone() },
        Posting { amount: 0, ..plain.clone() },
        Posting { text: " ".to_owned(), ..plain.clone() },
        Posting { text: "长".repeat(201), ..plain.clone() },
        Posting { floor: 1, ..plain.clone() },
        Posting { reason: EntryReason::Correction, ..plain.clone() },
        Posting { reason: EntryReason::Correction, corrects: Some("e9".to_owned()), ..plain.clone() },
        Posting { reason: EntryReason::Close, ..plain.clone() },
    ];
    for posting in &refused {
        assert!(post(&mut books, posting, 1).is_err(), "{posting:?}");
    }
    assert!(books.entries().is_empty());
    let by = Posting { decision: None, ..plain };
    assert_eq!(books.post("e1".to_owned(), &by, Some("jian"), 1).unwrap().by.as_deref(), Some("jian"));
}

#[test]
fn statements_go_back_page_by_page() {
    let mut books = Books::default();
    for at in 1..=5 {
        post(&mut books, &row("lin", 100 * at), at).unwrap();
        post(&mut books, &row("li", 1), at).unwrap();
    }
    let query = StatementQuery { holder: home("lin"), kind: None, limit: Some(2), before: None };
    let page = books.statement(&query).unwrap();
    assert_eq!(page.iter().map(|row| row.amount).collect::<Vec<_>>(), [500, 400]);
    let next = books.statement(&StatementQuery { before: Some(page[1].number), ..query.clone() }).unwrap();
    assert_eq!(next.iter().map(|row| row.amount).collect::<Vec<_>>(), [300, 200]);
    assert!(books.statement(&StatementQuery { limit: Some(201), ..query }).is_err());
}

#[test]
fn equals_share_a_place_and_spending_takes_nothing_from_what_was_earned() {
    let (from, to) = period("2026-Q3").unwrap();
    let mut books = Books::default();
    for (who, amount, at) in
        [("lin", 300, from), ("li", 300, to - 1), ("wu", 100, from), ("wu", 900, to), ("lin", -200, from)]
    {
        post(&mut books, &Posting { at: Some(at), person: Some(format!("{who}-p")), ..row(who, amount) }, at).unwrap();
    }
    let ranked = |books: &Books, by, period: Option<&str>| {
        let query = RankingQuery { by, kind: None, period: period.map(str::to_owned), limit: None };
        let ranked = books.ranking(&query).unwrap().into_iter();
        ranked.map(|one| (one.place, one.holder, one.points)).collect::<Vec<_>>()
    };
    assert_eq!(
        ranked(&books, RankBy::Households, Some("2026-Q3")),
        [(1, home("li"), 300), (1, home("lin"), 300), (3, home("wu"), 100)]
    );
    assert_eq!(
        ranked(&books, RankBy::Households, None),
        [(1, home("wu"), 1_000), (2, home("li"), 300), (3, home("lin"), 100)]
    );
    let spent = books.entries().iter().find(|row| row.reason == EntryReason::Redeem).unwrap().id.clone();
    let back = Posting { reason: EntryReason::Correction, corrects: Some(spent), at: Some(from), ..row("lin", 200) };
    post(&mut books, &back, to).unwrap();
    assert_eq!(
        ranked(&books, RankBy::Households, Some("2026-Q3"))[1].2,
        300,
        "what was spent and given back is not earned"
    );
    assert_eq!(ranked(&books, RankBy::Persons, None)[0], (1, Holder::Person("wu-p".to_owned()), 1_000));
}

#[test]
fn a_closed_period_begins_again_at_nothing_and_keeps_what_is_held() {
    let (_, end) = period("2026-Q3").unwrap();
    let mut books = Books::default();
    for who in ["li", "lin", "wu"] {
        post(&mut books, &Posting { at: Some(end - 5), ..row(who, 500) }, end - 5).unwrap();
    }
    post(&mut books, &Posting { at: Some(end), ..row("lin", 70) }, end).unwrap();
    let hold = Hold { holder: home("lin"), kind: PointKind::Redeemable, amount: 200 };
    books.reserve("h1".to_owned(), "points", &hold).unwrap();
    let close = ClosePeriod {
        period: "2026-Q3".to_owned(),
        clear: vec![PointKind::Redeemable],
        text: "三季度清零".to_owned(),
        limit: 2,
    };
    let mut next = 100;
    let mut close_at = |books: &mut Books, now| {
        books.close_period(&close, now, || {
            next += 1;
            format!("c{next}")
        })
    };
    assert!(close_at(&mut books, end - 1).is_err());
    assert_eq!(close_at(&mut books, end), Ok(Closed { rows: 2, more: true }));
    assert_eq!(close_at(&mut books, end), Ok(Closed { rows: 1, more: false }));
    assert_eq!(close_at(&mut books, end), Ok(Closed { rows: 0, more: false }));
    assert_eq!(books.balances(&home("li")).redeemable, 0);
    assert_eq!(books.balances(&home("lin")), Balances { redeemable: 200, held: 200, ..Balances::default() });
}
