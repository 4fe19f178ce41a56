//! Finding things: the catalogue, requests of a person and of the desk, by number. The host shows each reader only what
//! is for them.

use cunshi_sdk::prelude::{Doc, Error, Read, Result};

use crate::domain::{
    Board, Figure, Offer, Paper, PaperIndexes as _, Request, RequestIndexes as _, Service, days, service,
};

/// A page of requests, and the cursor of the next one.
pub type Page = (Vec<Doc<Request>>, Option<String>);

/// Which requests of the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Show {
    /// In the office's hands and past their deadline.
    Late,
    /// By whose turn it is.
    On(Board),
}

impl Show {
    /// All of them, in the order of the desk.
    pub const ALL: [Self; 6] = [
        Self::On(Board::Work),
        Self::Late,
        Self::On(Board::Asker),
        Self::On(Board::Up),
        Self::On(Board::Ready),
        Self::On(Board::Over),
    ];

    /// The word in parameters.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::On(board) => board.as_str(),
        }
    }

    /// Reads a parameter.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|show| show.as_str() == text)
    }
}

/// The catalogue, services that are off among it.
pub fn catalogue(cx: &Read) -> Result<Vec<Service>> {
    let shipped = service::shipped(cx.space().kind == "town")?;
    // Ids grow with time: what was added first comes first.
    let mut offers = cx.data::<Offer>().by("by_key").take(200)?;
    offers.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(service::catalogue(shipped, offers.into_iter().map(|offer| offer.body)))
}

/// A service of the catalogue, on or off.
pub fn service(cx: &Read, key: &str) -> Result<Service> {
    catalogue(cx)?.into_iter().find(|service| service.key == key).ok_or(Error::Missing)
}

/// Figures of all services.
pub fn figures(cx: &Read) -> Result<Vec<Doc<Figure>>> {
    Ok(cx.data::<Figure>().by("by_service").take(200)?)
}

/// Requests of the reader, the newest first.
pub fn own(cx: &Read, limit: u32, cursor: Option<String>) -> Result<Page> {
    let Some(actor) = cx.actor() else { return Ok((Vec::new(), None)) };
    Ok(cx.data::<Request>().by_asker(actor.person.as_str()).newest().page(limit, cursor)?)
}

/// Requests of the desk: what is to be done, the most urgent first; what is over, the latest first.
pub fn desk(cx: &Read, show: Show, limit: u32, cursor: Option<String>) -> Result<Page> {
    let requests = cx.data::<Request>();
    let found = match show {
        Show::Late => requests.by_board(Board::Work.as_str()).to(cx.now()),
        Show::On(Board::Over) => requests.by_board(Board::Over.as_str()).newest(),
        Show::On(board) => requests.by_board(board.as_str()),
    };
    Ok(found.page(limit, cursor)?)
}

/// How many requests the desk has of a kind.
pub fn count(cx: &Read, show: Show) -> Result<u64> {
    let requests = cx.data::<Request>();
    Ok(match show {
        Show::Late => requests.by_board(Board::Work.as_str()).to(cx.now()).count()?,
        Show::On(board) => requests.by_board(board.as_str()).count()?,
    })
}

/// The request of a spoken number, as people type it.
pub fn by_number(cx: &Read, typed: &str) -> Result<Option<Doc<Request>>> {
    let Some(number) = days::read_number(typed) else { return Ok(None) };
    Ok(cx.data::<Request>().by_number(format!("B{number}")).first()?)
}

/// What is written in a request, when it is for this reader and still kept.
pub fn paper(cx: &Read, request: &str) -> Result<Option<Doc<Paper>>> {
    Ok(cx.data::<Paper>().by_request(request).first()?)
}
