//! The shop: the shelf, one thing, and the cadre's stock list.

use cunshi_sdk::prelude::*;

use super::row;
use crate::actions::redeem;
use crate::domain::{Budget, BudgetIndexes as _, Goods, GoodsIndexes as _};
use crate::queries::shop::ROWS;
use crate::words::{self, Reader};
use crate::{GoodsParams, ShopParams, StockingParams, books};

/// The shelf, the cheapest first.
pub fn shop(cx: &Read, params: ShopParams) -> Result<View> {
    let reader = Reader::of(cx)?;
    let (goods, next) = cx.data::<Goods>().by_shelf("on").page(ROWS, params.cursor)?;
    let next = next.map(|cursor| To::page("shop").with("cursor", cursor));
    let mut page = view::page(t!("shop.title")).subtitle(t!("shop.subtitle"));
    if reader.hand.is_some() {
        let balances = books::together(cx, &reader)?;
        let there = words::points(balances.redeemable - balances.held);
        page = page.badges([Badge::new(t!("shop.have", points = there), Tone::Done)]);
    }
    if budget(cx)?.is_some_and(|(left, _)| left <= 0) {
        page = page.alert(Tone::Hand, t!("shop.budget.over"));
    }
    let list = view::list(goods.iter().map(row::goods)).empty(t!("shop.none")).next(next);
    let page = page.section(|section| section.add(list));
    Ok(page.when(reader.cadre, |page| page.link(t!("stocking.title"), To::page("stocking"))))
}

/// One thing.
pub fn goods(cx: &Read, params: &GoodsParams) -> Result<View> {
    let goods = cx.data::<Goods>().must(&params.id)?;
    let reader = Reader::of(cx)?;
    let on = goods.shelf == "on";
    if !on && !reader.cadre {
        return Err(Error::Missing);
    }
    let mut page = view::page(&goods.title).subtitle(t!("goods.price", points = words::points(goods.price)));
    let stock = if goods.stock > 0 { t!("goods.stock", n = goods.stock) } else { t!("goods.sold-out") };
    page = page.section(|section| {
        let section = section
            .images(&goods.photos)
            .maybe(goods.text.as_ref().map(|text| Node::Text { text: text.clone(), quiet: false }));
        section
            .facts([Fact::new(t!("goods.price.label"), words::points(goods.price)), Fact::new(t!("goods.left"), stock)])
    });
    page = match (&reader.hand, on && goods.stock > 0) {
        (Some(_), true) => wish(cx, &reader, &goods, page)?,
        (None, true) => page.section(|section| section.quiet(t!("goods.signin"))),
        (_, false) if on => page.section(|section| section.text(t!("refused.sold-out"))),
        (_, false) => page.section(|section| section.text(t!("refused.off-shelf"))),
    };
    if reader.cadre {
        page.aside = page.aside.section(|section| section.title(t!("goods.change")).add(change(&goods)));
    }
    Ok(page)
}

/// The button, with what is there and what happens.
fn wish(cx: &Read, reader: &Reader, goods: &Doc<Goods>, page: View) -> Result<View> {
    let balances = books::together(cx, reader)?;
    let there = balances.redeemable - balances.held;
    let days = cx.setting::<i64>("days_hold")?;
    let enough = there >= goods.price;
    Ok(page.section(|section| {
        let section = section.title(t!("goods.redeem")).text(t!("goods.have", points = words::points(there)));
        let section = section.when(!enough, |section| {
            let section = section.text(t!("goods.missing", points = words::points(goods.price - there)));
            section.link(t!("earn.title"), To::page("earn"))
        });
        // A cadre redeems for others too, who may have more.
        section.when(enough || reader.cadre, |section| {
            let section = section.quiet(t!("goods.how", n = days));
            if reader.cadre {
                section.add(view::form("redeem").value("goods", goods.id.as_str()))
            } else {
                section.add(view::button("redeem").value("goods", goods.id.as_str()))
            }
        })
    }))
}

fn change(goods: &Doc<Goods>) -> view::Form {
    let form = view::form("change-goods").value("goods", goods.id.as_str()).value("seen", goods.version.to_string());
    let form = form.value("title", goods.title.as_str()).value("price", goods.price).value("value", goods.value);
    let form = form.value("stock", goods.stock).value("text", goods.text.clone().unwrap_or_default());
    form.value("off", goods.shelf != "on").folded()
}

/// What a cadre keeps: every thing with its stock, the budget, and the form for a new one.
pub fn stocking(cx: &Read, params: StockingParams) -> Result<View> {
    let (goods, next) = cx.data::<Goods>().by("by_shelf").newest().page(50, params.cursor)?;
    let columns = [
        Column::text(t!("column.thing")),
        Column::number(t!("column.price")),
        Column::number(t!("column.stock")),
        Column::number(t!("column.value")),
        Column::text(t!("column.shelf")),
    ];
    let table = view::table(columns).rows(goods.iter().map(cells)).empty(t!("shop.none"));
    let table = table.next(next.map(|cursor| To::page("stocking").with("cursor", cursor)));
    let mut page = view::page(t!("stocking.title"));
    if let Some((left, ceiling)) = budget(cx)? {
        let facts =
            [Fact::new(t!("stocking.budget"), Cell::Money(ceiling)), Fact::new(t!("stocking.left"), Cell::Money(left))];
        page = page.section(|section| section.title(redeem::period(cx).unwrap_or_default()).facts(facts));
    }
    let form = view::form("add-goods").folded();
    Ok(page.section(|section| section.add(table)).section(|section| section.title(t!("stocking.add")).add(form)))
}

fn cells(goods: &Doc<Goods>) -> Vec<Cell> {
    let on = goods.shelf == "on";
    let shelf = if on { Badge::new(t!("shelf.on"), Tone::Done) } else { Badge::new(t!("shelf.off"), Tone::Plain) };
    vec![
        Cell::link(&goods.title, To::page("goods").with("id", goods.id.as_str())),
        crate::domain::amount::show(goods.price).into(),
        goods.stock.into(),
        Cell::Money(goods.value),
        shelf.into(),
    ]
}

/// What is left of the period's budget, and the whole of it; none without a ceiling. In fen.
fn budget(cx: &Read) -> Result<Option<(i64, i64)>> {
    let ceiling = cx.setting::<i64>("budget")?;
    if ceiling == 0 {
        return Ok(None);
    }
    let promised = cx.data::<Budget>().by_period(redeem::period(cx)?).first()?.map(|budget| budget.promised);
    Ok(Some((ceiling - promised.unwrap_or_default(), ceiling)))
}
