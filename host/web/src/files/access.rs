//! Who may see a file: whoever may read the record that it hangs on; while it hangs on none, its sender.

use cunshi_model::FileId;
use cunshi_model::port::{FileRecord, Place, ReadSpace, Spaces};

use crate::Web;
use crate::error::Refusal;
use crate::visit::Visit;

/// The record of a file that the reader may see; anything else is not there.
pub(crate) async fn readable(web: &Web, visit: &Visit, id: FileId) -> Result<FileRecord, Refusal> {
    let mut snapshot = web.store.read(visit.space.id).await?;
    let record = snapshot.file(id).await?.ok_or(Refusal::NotFound)?;
    if may_read(web, visit, snapshot.as_mut(), &record).await? { Ok(record) } else { Err(Refusal::NotFound) }
}

async fn may_read(
    web: &Web,
    visit: &Visit,
    snapshot: &mut dyn ReadSpace,
    record: &FileRecord,
) -> Result<bool, Refusal> {
    let Some((plugin, collection, document)) = &record.attached else {
        return Ok(visit.person() == Some(record.by));
    };
    let Ok(release) = visit.plugin(web, plugin) else { return Ok(false) };
    let Some(collection) = release.manifest.collection(collection) else { return Ok(false) };
    if collection.readers.is_none() {
        // Without readers of its own a collection is for everybody whom the plugin lets in somewhere.
        let pages = release.manifest.pages.iter().map(|page| &page.who);
        let queries = release.manifest.queries.iter().map(|query| &query.who);
        if !pages.chain(queries).any(|who| visit.roles.meets(who)) {
            return Ok(false);
        }
    }
    let place = Place { plugin, collection, viewer: visit.viewer() };
    Ok(snapshot.get(place, document).await?.is_some())
}
