//! The camera: on while it looks for a code, off when it has one or the page is left.

use std::time::Duration;

use leptos::html::Video;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::wasm_split::SplitLoaderError;
use web_sys::js_sys::{Array, Reflect};

use super::reading::Reader;
use crate::ui::browser;

/// How often a frame is looked at.
const EVERY: Duration = Duration::from_millis(250);

/// Why there is no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoPicture {
    /// Whoever holds the phone, or its settings, said no.
    Refused,
    /// There is no camera, or another application has it.
    Missing,
    /// What reads codes could not be fetched.
    NoReader,
}

/// The state of the camera.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    Off,
    Opening,
    On,
    Failed(NoPicture),
}

/// The camera of this page.
#[derive(Clone, Copy)]
pub struct Camera {
    pub view: RwSignal<View>,
    video: NodeRef<Video>,
    stream: StoredValue<Option<JsValue>, LocalStorage>,
    ticking: StoredValue<Option<IntervalHandle>, LocalStorage>,
    looking: StoredValue<bool>,
}

impl Camera {
    /// A camera that shows in `video`, and is off with the page.
    pub fn new(video: NodeRef<Video>) -> Self {
        let camera = Self {
            view: RwSignal::new(View::Off),
            video,
            stream: StoredValue::new_local(None),
            ticking: StoredValue::new_local(None),
            looking: StoredValue::new(false),
        };
        on_cleanup(move || camera.close());
        camera
    }

    /// Opens it, and gives the text of the first code it sees to `found`.
    pub fn open(self, found: impl Fn(String) + Copy + 'static) {
        self.view.set(View::Opening);
        spawn_local(async move {
            let reader = match self.show().await {
                Ok(()) => Reader::find().await.map_err(|_| NoPicture::NoReader),
                Err(error) => Err(cause(&error)),
            };
            // The page may have been left meanwhile, or the camera closed.
            if self.view.try_get_untracked() != Some(View::Opening) {
                self.close();
                return;
            }
            let reader = match reader {
                Ok(reader) => reader,
                Err(why) => {
                    self.close();
                    self.view.try_set(View::Failed(why));
                    return;
                }
            };
            let tick = move || {
                let reader = reader.clone();
                spawn_local(async move {
                    if let Some(text) = self.look(&reader).await {
                        self.close();
                        found(text);
                    }
                });
            };
            self.view.set(View::On);
            self.ticking.set_value(set_interval_with_handle(tick, EVERY).ok());
        });
    }

    /// Turns it off.
    pub fn close(self) {
        if let Some(Some(ticking)) = self.ticking.try_update_value(Option::take) {
            ticking.clear();
        }
        if let Some(Some(stream)) = self.stream.try_update_value(Option::take) {
            stop(&stream);
        }
        self.view.try_set(View::Off);
    }

    async fn show(self) -> Result<(), JsValue> {
        let devices = browser::member(&window().navigator(), "mediaDevices").ok_or(JsValue::NULL)?;
        // The one on the back, at a size where a code at arm's length can be read.
        let wanted =
            browser::options(r#"{"audio":false,"video":{"facingMode":"environment","width":{"ideal":1280}}}"#)?;
        let stream = browser::ask(&devices, "getUserMedia", &[wanted]).await?;
        if self.stream.try_set_value(Some(stream.clone())).is_some() {
            // The page was left before the question was answered.
            stop(&stream);
        }
        let video = self.video.try_get_untracked().flatten().ok_or(JsValue::NULL)?;
        Reflect::set(&video, &JsValue::from_str("srcObject"), &stream)?;
        browser::ask(&video, "play", &[]).await?;
        Ok(())
    }

    /// The text of a code in the picture of this moment; one look at a time.
    async fn look(self, reader: &Reader) -> Option<String> {
        if self.looking.try_get_value() != Some(false) {
            return None;
        }
        let video = self.video.try_get_untracked().flatten()?;
        self.looking.try_set_value(true);
        let [width, height] = ["videoWidth", "videoHeight"].map(|name| browser::number(&video, name));
        let text = if width > 0.0 { reader.read(&video, width, height).await } else { None };
        self.looking.try_set_value(false);
        text.filter(|_| self.view.try_get_untracked() == Some(View::On))
    }
}

/// Turns off what a stream comes from.
fn stop(stream: &JsValue) {
    let tracks: Array = browser::call(stream, "getTracks", &[]).and_then(JsCast::dyn_into).unwrap_or_default();
    for track in tracks.iter() {
        let _ = browser::call(&track, "stop", &[]);
    }
}

/// Media Capture and Streams, 10.2: a refusal is told apart by its name.
fn cause(error: &JsValue) -> NoPicture {
    let name = browser::member(error, "name").and_then(|name| name.as_string());
    if matches!(name.as_deref(), Some("NotAllowedError" | "SecurityError")) {
        NoPicture::Refused
    } else {
        NoPicture::Missing
    }
}

/// The text of a code in a picture that was chosen from the phone.
///
/// # Errors
/// When what reads codes cannot be fetched.
pub async fn read_file(file: &JsValue) -> Result<Option<String>, SplitLoaderError> {
    let reader = Reader::find().await?;
    let Ok(picture) = browser::ask(&window(), "createImageBitmap", std::slice::from_ref(file)).await else {
        return Ok(None);
    };
    let [width, height] = ["width", "height"].map(|name| browser::number(&picture, name));
    Ok(reader.read(&picture, width, height).await)
}
