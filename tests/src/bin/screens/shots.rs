//! The pictures: which page, seen by whom, in what window.

use cunshi_tests::Look;

/// One picture.
pub struct Shot {
    /// File name without `.png`.
    pub name: &'static str,
    /// Whose window it is: telephone, or nobody's.
    pub who: Option<&'static str>,
    /// Path below the server; `{fig-tree}` is the case of the fig tree, `{plugin:query:list}` the first id of a list.
    pub path: &'static str,
    pub look: Look,
}

const LIN: Option<&str> = Some("19900000001");
const JIAN: Option<&str> = Some("19900000002");
const ADMIN: Option<&str> = Some("19900000003");
const TOWN: Option<&str> = Some("19900000021");
const DISTRICT: Option<&str> = Some("19900000031");
const DARK: Look = Look { dark: true, ..Look::PHONE };

const fn shot(name: &'static str, who: Option<&'static str>, path: &'static str, look: Look) -> Shot {
    Shot { name, who, path, look }
}

/// All pictures.
pub const SHOTS: &[Shot] = &[
    shot("portal", None, "/?lang=zh", Look::PHONE),
    shot("portal-en", None, "/?lang=en", Look::PHONE),
    shot("portal-desk", None, "/?lang=zh", Look::DESK),
    shot("home", None, "/v/510303108001?lang=zh", Look::PHONE),
    shot("home-en", None, "/v/510303108001?lang=en", Look::PHONE),
    shot("home-desk", None, "/v/510303108001?lang=zh", Look::DESK),
    shot("home-dark", None, "/v/510303108001?lang=zh", DARK),
    shot("home-signed-in", LIN, "/v/510303108001?lang=zh", Look::PHONE),
    shot("board", None, "/v/510303108001/issues?lang=zh", Look::PHONE),
    shot("board-en", None, "/v/510303108001/issues?lang=en", Look::PHONE),
    shot("board-desk", None, "/v/510303108001/issues?lang=zh", Look::DESK),
    shot("case", None, "{fig-tree}?lang=zh", Look::PHONE),
    shot("case-en", None, "{fig-tree}?lang=en", Look::PHONE),
    shot("case-desk", JIAN, "{fig-tree}?lang=zh", Look::DESK),
    shot("new", LIN, "/v/510303108001/issues/new?lang=zh", Look::PHONE),
    shot("new-en", LIN, "/v/510303108001/issues/new?lang=en", Look::PHONE),
    shot("points", LIN, "/v/510303108001/points?lang=zh", Look::PHONE),
    shot("points-en", LIN, "/v/510303108001/points?lang=en", Look::PHONE),
    shot("points-public", None, "/v/510303108001/points/publicity?lang=zh", Look::PHONE),
    shot("points-desk", JIAN, "/v/510303108001/points/desk?lang=zh", Look::DESK),
    shot("ranking", None, "/v/510303108001/points/ranking?lang=zh", Look::PHONE),
    shot("shop", LIN, "/v/510303108001/points/shop?lang=zh", Look::PHONE),
    shot("sign-in", None, "/v/510303108001/sign-in?lang=zh", Look::PHONE),
    shot("me", LIN, "/v/510303108001/me?lang=zh", Look::PHONE),
    shot("todo", JIAN, "/v/510303108001/me/todos?lang=zh", Look::PHONE),
    shot("stats-desk", JIAN, "/v/510303108001/issues/stats?lang=zh", Look::DESK),
    shot("people-desk", ADMIN, "/v/510303108001/manage/people?lang=zh", Look::DESK),
    shot("modules", ADMIN, "/v/510303108001/manage/modules?lang=zh", Look::PHONE),
    shot("town-below", TOWN, "/v/510303108000/issues/below?lang=zh", Look::PHONE),
    shot("district", DISTRICT, "/district?lang=zh", Look::PHONE),
    shot("district-desk", DISTRICT, "/district?lang=zh", Look::DESK),
    shot("notices", None, "/v/510303108001/notices?lang=zh", Look::PHONE),
    shot("notices-en", None, "/v/510303108001/notices?lang=en", Look::PHONE),
    shot("notice", LIN, "/v/510303108001/notices/notice/{notices:notices:notices}?lang=zh", Look::PHONE),
    shot("notices-desk", JIAN, "/v/510303108001/notices/desk?lang=zh", Look::DESK),
    shot("notices-below", DISTRICT, "/v/510303000000/notices?lang=zh", Look::DESK),
    shot("jobs", None, "/v/510303108001/jobs?lang=zh", Look::PHONE),
    shot("jobs-en", None, "/v/510303108001/jobs?lang=en", Look::PHONE),
    shot("job", LIN, "/v/510303108001/jobs/posting/{jobs:jobs:jobs}?lang=zh", Look::PHONE),
    shot("jobs-desk", JIAN, "/v/510303108001/jobs/desk?lang=zh", Look::DESK),
    shot("services", LIN, "/v/510303108001/services?lang=zh", Look::PHONE),
    shot("services-en", None, "/v/510303108001/services?lang=en", Look::PHONE),
    shot("service", LIN, "/v/510303108001/services/service/{services:services:services}?lang=zh", Look::PHONE),
    shot("services-mine", LIN, "/v/510303108001/services/mine?lang=zh", Look::PHONE),
    shot("services-desk", JIAN, "/v/510303108001/services/desk?lang=zh", Look::DESK),
    shot("diaries", None, "/v/510303108001/diaries?lang=zh", Look::PHONE),
    shot("diaries-en", None, "/v/510303108001/diaries?lang=en", Look::PHONE),
    shot("diary", None, "/v/510303108001/diaries/entry/{diaries:entries:entries}?lang=zh", Look::PHONE),
    shot("diary-new", JIAN, "/v/510303108001/diaries/new?lang=zh", Look::PHONE),
    shot("diaries-month", None, "/v/510303108001/diaries/month?lang=zh", Look::DESK),
    shot("disclosure", None, "/v/510303108001/disclosure?lang=zh", Look::PHONE),
    shot("disclosure-en", None, "/v/510303108001/disclosure?lang=en", Look::PHONE),
    shot(
        "disclosed",
        None,
        "/v/510303108001/disclosure/paper/{disclosure:disclosures:disclosures}?lang=zh",
        Look::PHONE,
    ),
    shot("disclosure-due", None, "/v/510303108001/disclosure/calendar?lang=zh", Look::PHONE),
    shot("disclosure-desk", JIAN, "/v/510303108001/disclosure/desk?lang=zh", Look::DESK),
    shot("profile", None, "/v/510303108001/profile?lang=zh", Look::PHONE),
    shot("profile-en", None, "/v/510303108001/profile?lang=en", Look::PHONE),
    shot("profile-desk", None, "/v/510303108001/profile?lang=zh", Look::DESK),
    shot("duty", None, "/v/510303108001/profile/duty?lang=zh", Look::PHONE),
    shot("chronicle", None, "/v/510303108001/profile/events?lang=zh", Look::PHONE),
    shot("hours", LIN, "/v/510303108001/profile/hours?lang=zh", Look::PHONE),
    shot("messages", LIN, "/v/510303108001/me/messages?lang=zh", Look::PHONE),
    shot("not-found", None, "/v/510303999999?lang=zh", Look::PHONE),
];
