//! Albums, and pictures with captions.

use cunshi_sdk::days::Micros;
use cunshi_sdk::document;

use super::Refused;

/// Greatest number of pictures of one album.
pub const MOST: u32 = 60;

/// Pictures that belong together.
#[document("album")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Album {
    /// Its title.
    pub title: String,
    /// A few words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The day on which they were taken.
    pub taken: Micros,
    /// The file that stands for it: its first picture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cover: Option<String>,
    /// How many pictures it has.
    pub pictures: u32,
}

impl Album {
    /// Takes up so many more pictures; the first of them is the cover where there is none.
    pub fn add(&mut self, files: &[String]) -> Result<(), Refused> {
        let more = u32::try_from(files.len()).unwrap_or(u32::MAX);
        let pictures = self.pictures.saturating_add(more);
        if pictures > MOST {
            return Err(Refused::AlbumFull);
        }
        self.pictures = pictures;
        if self.cover.is_none() {
            self.cover = files.first().cloned();
        }
        Ok(())
    }

    /// Gives up a picture; `first` is the file of the first one that is left.
    pub fn lose(&mut self, file: &str, first: Option<&str>) {
        self.pictures = self.pictures.saturating_sub(1);
        if self.cover.as_deref() == Some(file) {
            self.cover = first.map(str::to_owned);
        }
    }
}

/// One picture.
#[document("picture")]
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Of which album; those of the introduction have [`About::KEY`](super::About::KEY).
    pub album: String,
    /// Its file id.
    pub file: String,
    /// What it shows.
    pub caption: String,
    /// When it was added.
    pub at: Micros,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_album_has_room_for_sixty_and_the_first_is_its_cover() {
        let mut album = Album { title: "重阳节".to_owned(), text: None, taken: 0, cover: None, pictures: 0 };
        let files: Vec<String> = (0..60).map(|n| n.to_string()).collect();
        assert_eq!(album.add(&files), Ok(()));
        assert_eq!(album.cover.as_deref(), Some("0"));
        assert_eq!(album.add(&["60".to_owned()]), Err(Refused::AlbumFull));
        album.lose("7", Some("0"));
        assert_eq!((album.pictures, album.cover.as_deref()), (59, Some("0")));
        album.lose("0", Some("1"));
        assert_eq!(album.cover.as_deref(), Some("1"));
    }
}
