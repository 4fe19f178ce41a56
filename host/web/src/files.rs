//! Uploaded files: checked, re-encoded and stored before any action; read by whoever may read the record that
//! they hang on.
//!
//! Bytes lie in an object store under `{space}/{id}` (and `{space}/{id}.small` for photos), the record of a
//! file in its space. To take one more kind of file, teach `content.rs` to recognise it. What does not belong
//! here: HTTP.

use std::path::Path as Folder;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use bytes::Bytes;
use cunshi_contract::Lang;
use cunshi_model::clock::DAY;
use cunshi_model::port::FileRecord;
use cunshi_model::{FileId, PersonId, SpaceId};
use moka::sync::Cache;
use object_store::local::LocalFileSystem;
use object_store::path::Path;
use object_store::{ObjectStore, ObjectStoreExt};
use tokio::sync::Semaphore;

use crate::error::{Refusal, bytes as in_words};
use crate::{Web, WebError};

pub(crate) mod access;
pub(crate) mod content;
pub(crate) mod photo;

/// Greatest size of one file as it comes in.
pub(crate) const MAX_FILE: u64 = 8 * 1024 * 1024;
/// Longest name kept, in characters.
const MAX_NAME: usize = 120;
/// Photos decoded at once: each may need some hundred megabytes for a moment.
const AT_ONCE: usize = 2;
/// How many unattached files of a space one sweep removes.
const SWEPT: u32 = 500;

/// Files that one person may send within an hour: more than a diligent cadre needs, less than fills a disk.
const HOURLY: u32 = 300;

/// The store of bytes.
pub(crate) struct Files {
    objects: Arc<dyn ObjectStore>,
    gate: Arc<Semaphore>,
    /// What each person sent within the hour.
    sent: Cache<PersonId, Arc<AtomicU32>>,
}

/// What a field takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Accept {
    /// Photos only.
    Photos,
    /// Photos and the other kinds that are recognised.
    Any,
}

/// Why a file is not taken: a sentence for its sender.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// More than [`MAX_FILE`].
    TooLarge,
    /// Nothing in it.
    Empty,
    /// More pixels than a photo has.
    TooManyPixels,
    /// Broken, or of a kind that is not decoded.
    NotAPhoto,
    /// Of no kind that is taken.
    UnknownKind,
}

/// A file that is not taken, or that could not be kept.
#[derive(Debug)]
pub(crate) enum NotTaken {
    /// The file is at fault.
    Refused(Why),
    /// The platform is.
    Failed(Refusal),
}

impl Why {
    /// The sentence.
    pub(crate) fn say(&self, lang: Lang) -> String {
        let (zh, en) = match self {
            Self::TooLarge => {
                let most = in_words(MAX_FILE);
                (format!("文件太大：每个最多 {most}。"), format!("The file is too large: at most {most} each."))
            }
            Self::Empty => ("文件是空的。".to_owned(), "The file is empty.".to_owned()),
            Self::TooManyPixels => (
                format!("图片太大：每边最多 {} 像素，总共最多 5000 万像素。", photo::MAX_SIDE),
                format!("The picture is too large: at most {} pixels a side and 50 million in all.", photo::MAX_SIDE),
            ),
            Self::NotAPhoto => (
                "这张图片打不开：请用 JPEG、PNG 或 WebP 格式的照片。".to_owned(),
                "This picture cannot be opened: please send a JPEG, PNG or WebP photo.".to_owned(),
            ),
            Self::UnknownKind => (
                "不能收这种文件：请用照片、PDF、Word、Excel 或文本文件。".to_owned(),
                "This kind of file is not taken: please send a photo, PDF, Word, Excel or text file.".to_owned(),
            ),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

impl Files {
    /// Opens the folder, which is made when it is missing.
    pub(crate) fn open(folder: &Folder) -> Result<Self, WebError> {
        let wrong = |reason: String| WebError::Files { path: folder.to_owned(), reason };
        std::fs::create_dir_all(folder).map_err(|error| wrong(error.to_string()))?;
        let objects = LocalFileSystem::new_with_prefix(folder).map_err(|error| wrong(error.to_string()))?;
        let sent = Cache::builder().max_capacity(100_000).time_to_live(Duration::from_hours(1)).build();
        Ok(Self { objects: Arc::new(objects), gate: Arc::new(Semaphore::new(AT_ONCE)), sent })
    }

    /// Counts a file that a person is about to send; refuses when it is one too many within the hour.
    pub(crate) fn allow(&self, person: PersonId) -> Result<(), Refusal> {
        let count = self.sent.get_with(person, Arc::default);
        if count.fetch_add(1, Ordering::Relaxed) >= HOURLY {
            return Err(Refusal::Throttled { retry_after_s: 3_600 });
        }
        Ok(())
    }

    /// The bytes of a file, or of its small picture.
    pub(crate) async fn bytes(&self, space: SpaceId, file: FileId, small: bool) -> Result<Bytes, Refusal> {
        match self.objects.get(&place(space, file, small)).await {
            Ok(found) => found.bytes().await.map_err(Refusal::internal),
            Err(object_store::Error::NotFound { .. }) => Err(Refusal::NotFound),
            Err(error) => Err(Refusal::internal(error)),
        }
    }

    async fn put(&self, place: &Path, content: Bytes) -> Result<(), Refusal> {
        self.objects.put(place, content.into()).await.map(|_| ()).map_err(Refusal::internal)
    }

    async fn remove(&self, space: SpaceId, file: FileId) -> Result<(), Refusal> {
        for small in [false, true] {
            match self.objects.delete(&place(space, file, small)).await {
                Ok(()) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(Refusal::internal(error)),
            }
        }
        Ok(())
    }
}

/// Checks a file, re-encodes it when it is a photo, stores it and its record; it hangs on nothing yet.
pub(crate) async fn take(
    web: &Web,
    space: SpaceId,
    by: PersonId,
    name: &str,
    content: Bytes,
    accept: Accept,
) -> Result<FileRecord, NotTaken> {
    let size = u64::try_from(content.len()).unwrap_or(u64::MAX);
    if size > MAX_FILE {
        return Err(NotTaken::Refused(Why::TooLarge));
    }
    if content.is_empty() {
        return Err(NotTaken::Refused(Why::Empty));
    }
    let now = web.clock.now();
    let id = FileId::new(now);
    let kind = content::kind_of(&content);
    let (stored, media_type, pixels) = match kind {
        Some(content::Kind::Photo) => {
            let photo = decode(web, content).await?;
            web.files.put(&place(space, id, true), photo.small).await.map_err(NotTaken::Failed)?;
            (photo.full, "image/jpeg", Some(photo.pixels))
        }
        _ if accept == Accept::Photos => return Err(NotTaken::Refused(Why::NotAPhoto)),
        Some(content::Kind::Other(media_type)) => (content, media_type, None),
        None => return Err(NotTaken::Refused(Why::UnknownKind)),
    };
    let record = FileRecord {
        id,
        by,
        at: now,
        image: pixels.is_some(),
        name: tidy(name),
        media_type: media_type.to_owned(),
        bytes: u64::try_from(stored.len()).unwrap_or(u64::MAX),
        pixels,
        attached: None,
    };
    web.files.put(&place(space, id, false), stored).await.map_err(NotTaken::Failed)?;
    let kept = async { web.store.space(space).await?.put_file(&record).await };
    kept.await.map_err(|error| NotTaken::Failed(error.into()))?;
    Ok(record)
}

async fn decode(web: &Web, content: Bytes) -> Result<photo::Photo, NotTaken> {
    let failed = |error: Box<dyn std::error::Error + Send + Sync>| NotTaken::Failed(Refusal::Internal(error));
    let permit = Arc::clone(&web.files.gate).acquire_owned().await.map_err(|error| failed(error.into()))?;
    // The permit travels along: a client that hangs up does not let another photo in early.
    let work = tokio::task::spawn_blocking(move || {
        let _permit = permit;
        photo::prepare(&content)
    });
    work.await.map_err(|error| failed(error.into()))?.map_err(NotTaken::Refused)
}

/// Removes what hangs on nothing a day after it came.
pub(crate) async fn sweep(web: &Web) -> Result<usize, WebError> {
    let before = web.clock.now() - DAY;
    let mut removed = 0;
    for space in web.store.district().tree().all() {
        let handle = web.store.space(space.id).await?;
        for record in handle.unattached_files(before, SWEPT).await? {
            // The record goes first: bytes without a record are waste, a record without bytes is a broken picture.
            if handle.remove_file(record.id).await? {
                web.files.remove(space.id, record.id).await.map_err(|refusal| WebError::File(refusal.to_string()))?;
                removed += 1;
            }
        }
    }
    Ok(removed)
}

fn place(space: SpaceId, file: FileId, small: bool) -> Path {
    Path::from(format!("{space}/{file}{}", if small { ".small" } else { "" }))
}

/// A name without folders and control characters.
fn tidy(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control()).take(MAX_NAME).collect();
    if clean.trim().is_empty() { "file".to_owned() } else { clean.trim().to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_cannot_fill_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::open(folder.path()).unwrap();
        let (busy, neighbour) = (PersonId::new(1), PersonId::new(2));
        for _ in 0..HOURLY {
            files.allow(busy).unwrap();
        }
        assert!(matches!(files.allow(busy), Err(Refusal::Throttled { .. })));
        files.allow(neighbour).unwrap();
    }

    #[test]
    fn names_lose_their_folders_and_control_characters() {
        assert_eq!(tidy("C:\\Users\\林\\树.jpg"), "树.jpg");
        assert_eq!(tidy("../../etc/passwd"), "passwd");
        assert_eq!(tidy("a\r\nSet-Cookie: x.jpg"), "aSet-Cookie: x.jpg");
        assert_eq!(tidy("/"), "file");
    }
}
