//! Reads a QR code from a picture: by the browser where it can (`BarcodeDetector`, W3C Accelerated Shape Detection), and
//! otherwise by a decoder of our own, fetched when it is first needed. In the browser only.

use leptos::prelude::*;
use leptos::wasm_bindgen::{JsCast, JsValue};
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use web_sys::js_sys::{Array, Reflect, Uint8ClampedArray};

use crate::ui::browser;

/// The longest edge of a picture that the decoder looks at, in pixels: it finds small codes in the larger, and blurred ones
/// in the smaller.
const EDGES: [f64; 2] = [1280.0, 640.0];

/// How far a small picture is enlarged at most: the decoder wants some pixels to each square of a code.
const LARGEST: f64 = 3.0;

/// What reads codes here.
#[derive(Clone)]
pub enum Reader {
    Browser(JsValue),
    Own,
}

impl Reader {
    /// The reader of this browser. Where it has none, ours is fetched now, so that it is there without a connection.
    ///
    /// # Errors
    /// When ours cannot be fetched.
    pub async fn find() -> Result<Self, SplitLoaderError> {
        if let Ok(detector) = detector().await {
            return Ok(Self::Browser(detector));
        }
        fetch_decoder().await?;
        Ok(Self::Own)
    }

    /// The text of a code in something that a canvas can draw: a video, a picture. Width and height in pixels.
    pub async fn read(&self, picture: &JsValue, width: f64, height: f64) -> Option<String> {
        if let Self::Browser(detector) = self {
            let found: Array =
                browser::ask(detector, "detect", std::slice::from_ref(picture)).await.ok()?.dyn_into().ok()?;
            return browser::member(&found.get(0), "rawValue")?.as_string();
        }
        for edge in EDGES {
            let (grey, width) = grey(picture, width, height, edge).ok()?;
            if let Some(text) = decode(grey, width).await.ok()? {
                return Some(text);
            }
        }
        None
    }
}

async fn detector() -> Result<JsValue, JsValue> {
    let class = browser::member(&window(), "BarcodeDetector").ok_or(JsValue::NULL)?;
    let formats: Array = browser::ask(&class, "getSupportedFormats", &[]).await?.dyn_into()?;
    if !formats.includes(&JsValue::from_str("qr_code"), 0) {
        return Err(JsValue::NULL);
    }
    browser::make("BarcodeDetector", &[browser::options(r#"{"formats":["qr_code"]}"#)?])
}

/// A picture in greys, a byte a pixel, its longest edge `edge` or as near as it comes; and its width.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a whole number from 1 to `edge`")]
fn grey(picture: &JsValue, width: f64, height: f64, edge: f64) -> Result<(Vec<u8>, usize), JsValue> {
    let scale = (edge / width.max(height)).min(LARGEST);
    let [width, height] = [width, height].map(|side| (side * scale).round().max(1.0));
    let canvas = document().create_element("canvas")?;
    for (name, side) in [("width", width), ("height", height)] {
        Reflect::set(&canvas, &JsValue::from_str(name), &JsValue::from_f64(side))?;
    }
    let often = browser::options(r#"{"willReadFrequently":true}"#)?;
    let context = browser::call(&canvas, "getContext", &[JsValue::from_str("2d"), often])?;
    let whole = [0.0, 0.0, width, height].map(JsValue::from_f64);
    // Behind a picture that one can see through.
    Reflect::set(&context, &JsValue::from_str("fillStyle"), &JsValue::from_str("#fff"))?;
    browser::call(&context, "fillRect", &whole)?;
    let [x, y, w, h] = whole.clone();
    browser::call(&context, "drawImage", &[picture.clone(), x, y, w, h])?;
    let image = browser::call(&context, "getImageData", &whole)?;
    let pixels: Uint8ClampedArray = browser::member(&image, "data").ok_or(JsValue::NULL)?.dyn_into()?;
    // ITU-R BT.601, in thousandths.
    let weigh = |pixel: &[u8]| {
        let sum: u32 = pixel.iter().zip([299, 587, 114]).map(|(part, weight)| u32::from(*part) * weight).sum();
        (sum / 1000) as u8
    };
    Ok((pixels.to_vec().chunks_exact(4).map(weigh).collect(), width as usize))
}

/// Reads a code from a picture in greys.
#[wasm_split(decode, wasm_split_path = leptos::wasm_split, preload(fetch_decoder), fallible)]
#[allow(clippy::unnecessary_wraps, reason = "to fetch it can fail")]
fn decode(grey: Vec<u8>, width: usize) -> Result<Option<String>, SplitLoaderError> {
    let height = grey.len() / width.max(1);
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| grey[y * width + x]);
    Ok(picture.detect_grids().iter().find_map(|grid| grid.decode().ok()).map(|(_, text)| text))
}
