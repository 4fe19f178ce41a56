//! The shelf of the shop, as a cadre keeps it.

use cunshi_sdk::prelude::{Doc, Error, Outcome, Result, Write, json};

use crate::domain::{Goods, amount};
use crate::{AddGoodsForm, ChangeGoodsForm};

/// Puts a thing on the shelf.
pub fn add(cx: &mut Write, form: AddGoodsForm) -> Result<Outcome> {
    let goods = Goods {
        title: form.title,
        text: form.text.filter(|text| !text.is_empty()),
        price: form.price,
        value: form.value,
        stock: form.stock,
        photos: form.photos,
        shelf: "on".to_owned(),
    };
    let goods = cx.insert(&goods)?;
    for photo in &goods.photos {
        cx.attach(photo, &goods)?;
    }
    Ok(done(&goods, t!("say.shelved")))
}

/// Changes price, stock or words, or takes it off the shelf. A stock that moved meanwhile is looked at first.
pub fn change(cx: &mut Write, form: ChangeGoodsForm) -> Result<Outcome> {
    let mut goods = cx.data::<Goods>().must(&form.goods)?;
    let seen = form.seen.and_then(|seen| seen.parse::<u64>().ok());
    if seen.is_some_and(|seen| seen != goods.version) {
        return Err(Error::conflict(t!("refused.stale-goods", n = goods.stock)));
    }
    goods.title = form.title;
    goods.text = form.text.filter(|text| !text.is_empty());
    goods.price = form.price;
    goods.value = form.value;
    goods.stock = form.stock;
    if form.off { "off" } else { "on" }.clone_into(&mut goods.shelf);
    let goods = cx.update(&goods)?;
    Ok(done(&goods, t!("say.goods-changed")))
}

fn done(goods: &Doc<Goods>, say: String) -> Outcome {
    let result = json!({
        "id": goods.id, "title": goods.title, "price": amount::show(goods.price), "value": goods.value,
        "stock": goods.stock, "shelf": goods.shelf, "version": goods.version,
    });
    Outcome::go("goods", &goods.id).say(say).result(result).about(&goods.id)
}
