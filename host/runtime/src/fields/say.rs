//! The sentences about mistakes: each says what to do.

use cunshi_contract::{Field, FieldKind, Lang};

fn either(lang: Lang, zh: impl Into<String>, en: impl Into<String>) -> String {
    match lang {
        Lang::Zh => zh.into(),
        Lang::En => en.into(),
    }
}

pub(super) fn needed(field: &Field, lang: Lang) -> String {
    match field.kind {
        FieldKind::Choice
        | FieldKind::MultiChoice
        | FieldKind::YesNo
        | FieldKind::Stars
        | FieldKind::Person
        | FieldKind::Household
        | FieldKind::Date
        | FieldKind::Time
        | FieldKind::Period => either(lang, "请选择", "Please choose"),
        FieldKind::Photos => either(lang, "请拍一张或选一张照片", "Please add a photo"),
        FieldKind::Files => either(lang, "请选择文件", "Please add a file"),
        _ => either(lang, "请填写", "Please fill this in"),
    }
}

pub(super) fn unknown(lang: Lang) -> String {
    either(lang, "这里没有这一项，请去掉", "There is no such field here; leave it out")
}

pub(super) fn too_long(most: i64, found: usize, lang: Lang) -> String {
    either(
        lang,
        format!("最多 {most} 个字，现在有 {found} 个，请缩短"),
        format!("At most {most} characters; this has {found}. Please shorten it"),
    )
}

pub(super) fn controls(lang: Lang) -> String {
    either(lang, "有不能显示的字符，请重新输入", "It holds characters that cannot be shown; type it again")
}

pub(super) fn text(lang: Lang) -> String {
    either(lang, "请填写文字", "Please give text")
}

pub(super) fn phone(lang: Lang) -> String {
    either(lang, "请填写 5 到 20 位的电话号码", "Please give a telephone number of 5 to 20 digits")
}

pub(super) fn whole_number(lang: Lang) -> String {
    either(lang, "请填写整数", "Please give a whole number")
}

pub(super) fn decimal(lang: Lang) -> String {
    either(lang, "请填写数字，小数点后最多四位", "Please give a number with at most four decimal places")
}

pub(super) fn money(lang: Lang) -> String {
    either(lang, "请填写金额（元），小数点后最多两位", "Please give an amount in yuan with at most two decimal places")
}

pub(super) fn points(lang: Lang) -> String {
    either(lang, "请填写分数，小数点后最多两位", "Please give points with at most two decimal places")
}

pub(super) fn at_least(least: &str, lang: Lang) -> String {
    either(lang, format!("不能小于 {least}"), format!("It must be at least {least}"))
}

pub(super) fn at_most(most: &str, lang: Lang) -> String {
    either(lang, format!("不能大于 {most}"), format!("It must be at most {most}"))
}

pub(super) fn date(lang: Lang) -> String {
    either(lang, "请填写日期，如 2026-09-02", "Please give a day such as 2026-09-02")
}

pub(super) fn time(lang: Lang) -> String {
    either(lang, "请填写时间，如 08:30", "Please give a time such as 08:30")
}

pub(super) fn period(lang: Lang) -> String {
    either(
        lang,
        "请填写起止日期，如 2026-09-01 和 2026-09-30",
        "Please give two days such as 2026-09-01 and 2026-09-30",
    )
}

pub(super) fn period_order(lang: Lang) -> String {
    either(lang, "开始日期不能晚于结束日期", "The first day must not be after the last")
}

pub(super) fn yes_no(lang: Lang) -> String {
    either(lang, "请选择是或否", "Please choose yes or no")
}

pub(super) fn choice(lang: Lang) -> String {
    either(lang, "请从列出的选项中选择", "Please choose one of those listed")
}

pub(super) fn stars(lang: Lang) -> String {
    either(lang, "请给 1 到 5 颗星", "Please give 1 to 5 stars")
}

pub(super) fn person(lang: Lang) -> String {
    either(lang, "请选择本村的人", "Please choose a person of this village")
}

pub(super) fn household(lang: Lang) -> String {
    either(lang, "请选择本村的户", "Please choose a household of this village")
}

pub(super) fn file(lang: Lang) -> String {
    either(lang, "有文件没有传上来，请重新选择", "A file did not arrive; please choose it again")
}

pub(super) fn fewest(least: i64, lang: Lang) -> String {
    either(lang, format!("至少选 {least} 项"), format!("Please choose at least {least}"))
}

pub(super) fn too_many(most: i64, lang: Lang) -> String {
    either(lang, format!("最多 {most} 项，请减少"), format!("At most {most}; please take some away"))
}

pub(super) fn reference(lang: Lang) -> String {
    either(lang, "链接已经失效，请返回重新进入", "This link is no longer good; go back and come again")
}
