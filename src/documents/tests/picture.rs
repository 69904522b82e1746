//! Pages as pictures in grey: rendered, turned, blurred, compared.

use super::Printed;

/// Millimetres of an inch.
const INCH: f64 = 25.4;

/// A picture in grey, 0 black and 255 white.
#[derive(Clone)]
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pub grey: Vec<u8>,
}

impl Picture {
    /// A page, counted from 1, at its printed size.
    pub fn of(printed: &Printed, page: usize, dots_per_inch: u32) -> Self {
        let (page, dots) = (page.to_string(), dots_per_inch.to_string());
        let options = ["-f", &page, "-l", &page, "-r", &dots, "-gray"];
        Self::read(&super::output("pdftoppm", &options, &printed.path, &[]))
    }

    /// Reads a portable greymap of one byte a pixel.
    fn read(bytes: &[u8]) -> Self {
        let mut words = bytes.splitn(4, u8::is_ascii_whitespace).map(|word| String::from_utf8_lossy(word));
        assert_eq!(words.next().as_deref(), Some("P5"));
        let mut size = || words.next().and_then(|word| word.parse::<usize>().ok()).unwrap();
        let (width, height) = (size(), size());
        let grey = bytes[bytes.len() - width * height..].to_vec();
        Self { width, height, grey }
    }

    /// As a portable greymap, for other programs.
    pub fn greymap(&self) -> Vec<u8> {
        let mut bytes = format!("P5\n{} {}\n255\n", self.width, self.height).into_bytes();
        bytes.extend_from_slice(&self.grey);
        bytes
    }

    /// A pixel; beyond the edges it is white.
    fn at(&self, x: i64, y: i64) -> f64 {
        let within = |x, of| usize::try_from(x).ok().filter(|x| *x < of);
        match (within(x, self.width), within(y, self.height)) {
            (Some(x), Some(y)) => f64::from(self.grey[y * self.width + x]),
            _ => 255.0,
        }
    }

    fn map(&self, pixel: impl Fn(i64, i64) -> f64) -> Self {
        let (width, height) = (i64::try_from(self.width).unwrap(), i64::try_from(self.height).unwrap());
        let places = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a grey from 0 to 255")]
        let grey = places.map(|(x, y)| pixel(x, y).round().clamp(0.0, 255.0) as u8).collect();
        Self { grey, ..*self }
    }

    /// Turned about its middle, as a sheet lies on a scanner.
    #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "places in a picture")]
    pub fn turned(&self, degrees: f64) -> Self {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let (middle_x, middle_y) = (self.width as f64 / 2.0, self.height as f64 / 2.0);
        self.map(|x, y| {
            let (x, y) = (x as f64 - middle_x, y as f64 - middle_y);
            let (x, y) = (x * cos - y * sin + middle_x, x * sin + y * cos + middle_y);
            let (left, upper) = (x.floor(), y.floor());
            let (beside, below) = (x - left, y - upper);
            let (left, upper) = (left as i64, upper as i64);
            let row = |y| self.at(left, y) * (1.0 - beside) + self.at(left + 1, y) * beside;
            row(upper) * (1.0 - below) + row(upper + 1) * below
        })
    }

    /// Each pixel the mean of those around it, itself among them.
    pub fn blurred(&self) -> Self {
        self.map(|x, y| {
            (-1..=1)
                .flat_map(|dy| (-1..=1).map(move |dx| (dx, dy)))
                .map(|(dx, dy)| self.at(x + dx, y + dy))
                .sum::<f64>()
                / 9.0
        })
    }

    /// Smaller by a factor below one, each pixel the mean of those it stands for.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "places in a picture"
    )]
    pub fn smaller(&self, factor: f64) -> Self {
        let to = |length: usize| (length as f64 * factor) as usize;
        let from = |place: usize| (place as f64 / factor) as usize;
        let mean = |x: usize, y: usize| {
            let (columns, rows) = (from(x)..from(x + 1), from(y)..from(y + 1));
            let count = columns.len() * rows.len();
            let sum: usize = rows
                .map(|y| {
                    self.grey[y * self.width..][columns.clone()].iter().map(|grey| usize::from(*grey)).sum::<usize>()
                })
                .sum();
            (sum / count) as u8
        };
        let (width, height) = (to(self.width), to(self.height));
        Self {
            width,
            height,
            grey: (0..height).flat_map(|y| (0..width).map(move |x| (x, y))).map(|(x, y)| mean(x, y)).collect(),
        }
    }

    /// The share of pixels that are clearly another grey in another picture; all of them where the sizes differ.
    #[expect(clippy::cast_precision_loss, reason = "counts of pixels")]
    pub fn differing(&self, other: &Self) -> f64 {
        if (self.width, self.height) != (other.width, other.height) {
            return 1.0;
        }
        let differing = self.grey.iter().zip(&other.grey).filter(|(one, other)| one.abs_diff(**other) > 48).count();
        differing as f64 / self.grey.len() as f64
    }
}

/// Millimetres of a length in pixels.
pub fn millimetres(pixels: f64, dots_per_inch: u32) -> f64 {
    pixels / f64::from(dots_per_inch) * INCH
}
