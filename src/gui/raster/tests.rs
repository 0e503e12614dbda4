use egui::epaint::{ColorImage, ImageDelta};
use egui::{Pos2, Rect, TextureOptions, pos2, vec2};

use super::*;

const PAGE: Rect = Rect { min: Pos2::ZERO, max: Pos2 { x: 1e6, y: 1e6 } };

/// A rasterizer with a white texel at the corner, as egui promises, in an atlas of `size`.
fn raster(size: [usize; 2], texels: &[Color32]) -> Raster {
    let mut raster = Raster::default();
    let mut delta = TexturesDelta::default();
    delta.push(TextureId::default(), ImageDelta::full(ColorImage::new(size, texels.to_vec()), TextureOptions::LINEAR));
    raster.apply(&mut delta);
    raster
}

fn plain_raster() -> Raster {
    raster([1, 1], &[Color32::WHITE])
}

fn clipped(clip_rect: Rect, mesh: Mesh) -> Vec<ClippedPrimitive> {
    vec![ClippedPrimitive { clip_rect, primitive: Primitive::Mesh(mesh) }]
}

fn paint(raster: &Raster, mesh: Mesh, size: [u32; 2]) -> Image {
    raster.paint(&clipped(PAGE, mesh), size, 1.0, Color32::BLACK)
}

/// A mesh of plain triangles.
fn triangles(corners: &[[(f32, f32); 3]], color: Color32) -> Mesh {
    let mut mesh = Mesh::default();
    for triangle in corners {
        let first = mesh.vertices.len() as u32;
        mesh.vertices.extend(triangle.map(|(x, y)| Vertex::untextured(pos2(x, y), color)));
        mesh.add_triangle(first, first + 1, first + 2);
    }
    mesh
}

/// The red channel, one digit a pixel: `.` for 0, `#` for 255, `+` between.
fn drawing(image: &Image) -> Vec<String> {
    let sign = |red: u8| match red {
        0 => '.',
        255 => '#',
        _ => '+',
    };
    let row = |y| (0..image.width).map(|x| sign(image.pixel(x, y).unwrap()[0])).collect();
    (0..image.height).map(row).collect()
}

#[test]
fn pixel_is_covered_when_its_center_is_inside_or_on_a_top_or_left_edge() {
    let raster = plain_raster();
    // All four centers of the square from 0.5 to 1.5 lie on its edges: the left top one alone belongs to it.
    let square = [[(0.5, 0.5), (1.5, 0.5), (0.5, 1.5)], [(0.5, 1.5), (1.5, 0.5), (1.5, 1.5)]];
    assert_eq!(drawing(&paint(&raster, triangles(&square, Color32::WHITE), [3, 2])), ["#..", "..."]);
    let triangle = [[(0.0, 0.0), (4.0, 0.0), (0.0, 4.0)]];
    let expected = ["###.", "##..", "#...", "...."];
    assert_eq!(drawing(&paint(&raster, triangles(&triangle, Color32::WHITE), [4, 4])), expected);
    // The other direction of turning makes no difference.
    let turned = triangle.map(|[a, b, c]| [a, c, b]);
    assert_eq!(drawing(&paint(&raster, triangles(&turned, Color32::WHITE), [4, 4])), expected);
}

#[test]
fn triangles_that_share_edges_leave_no_gap_and_paint_no_pixel_twice() {
    let raster = plain_raster();
    let half = Color32::from_rgba_premultiplied(100, 100, 100, 128);
    // A fan of seventeen triangles around a point off the grid, far beyond the page on all sides.
    let rim: Vec<_> = (0..18)
        .map(|idx| {
            let angle = (idx % 17) as f32 * std::f32::consts::TAU / 17.0;
            (20.3 + 90.0 * angle.cos(), 19.7 + 90.0 * angle.sin())
        })
        .collect();
    let fan: Vec<_> = rim.windows(2).map(|pair| [(20.3, 19.7), pair[0], pair[1]]).collect();
    let image = paint(&raster, triangles(&fan, half), [40, 40]);
    assert!(image.rgba.chunks_exact(4).all(|pixel| pixel == [100, 100, 100, 255]));
}

#[test]
fn rectangle_and_its_two_triangles_are_the_same_pixels() {
    let texels: Vec<_> = (0..64).map(|idx| Color32::from_white_alpha(255 - idx * 3)).collect();
    let raster = raster([8, 8], &texels);
    let rect = Rect::from_min_size(pos2(1.3, 2.6), vec2(9.4, 7.7));
    let uv = Rect::from_min_max(pos2(0.1, 0.2), pos2(0.7, 0.9));
    let mut quick = Mesh::default();
    quick.add_rect_with_uv(rect, uv, Color32::from_rgb(250, 120, 10));
    let mut slow = quick.clone();
    slow.indices = vec![0, 1, 2, 3, 1, 2];
    let (quick, slow) = (paint(&raster, quick, [12, 12]), paint(&raster, slow, [12, 12]));
    let furthest = quick.rgba.iter().zip(&slow.rgba).map(|(quick, slow)| quick.abs_diff(*slow)).max();
    assert!(furthest <= Some(1), "{furthest:?}");
    let is_black = |image: &Image| image.rgba.chunks_exact(4).map(|pixel| pixel[0] == 0).collect::<Vec<_>>();
    assert_eq!(is_black(&quick), is_black(&slow));
}

#[test]
fn blending_adds_the_source_to_what_its_alpha_leaves() {
    let raster = plain_raster();
    let cases = [
        // source, background, result
        (Color32::from_rgba_premultiplied(128, 64, 0, 128), Color32::from_rgb(255, 255, 255), [255, 191, 127, 255]),
        (Color32::from_rgba_premultiplied(10, 20, 30, 255), Color32::from_rgb(200, 200, 200), [10, 20, 30, 255]),
        (Color32::TRANSPARENT, Color32::from_rgb(1, 2, 3), [1, 2, 3, 255]),
        // Without alpha, light is added.
        (Color32::from_rgba_premultiplied(100, 0, 0, 0), Color32::from_rgb(200, 5, 5), [255, 5, 5, 255]),
    ];
    for (source, background, expected) in cases {
        let mut mesh = Mesh::default();
        mesh.add_colored_rect(Rect::from_min_size(Pos2::ZERO, vec2(1.0, 1.0)), source);
        let image = raster.paint(&clipped(PAGE, mesh), [1, 1], 1.0, background);
        assert_eq!(image.pixel(0, 0), Some(expected), "{source:?} on {background:?}");
    }
}

#[test]
fn colors_run_evenly_between_corners() {
    let mut mesh = triangles(&[[(0.0, 0.0), (8.0, 0.0), (0.0, 8.0)]], Color32::BLACK);
    mesh.vertices[1].color = Color32::from_rgb(255, 0, 0);
    let image = paint(&plain_raster(), mesh, [8, 1]);
    let reds: Vec<_> = (0..7).map(|x| image.pixel(x, 0).unwrap()[0]).collect();
    assert_eq!(reds, [16, 48, 80, 112, 143, 175, 207]);
}

#[test]
fn nothing_is_painted_outside_the_clip_rectangle_and_the_page() {
    let mut mesh = Mesh::default();
    mesh.add_colored_rect(Rect::from_min_max(pos2(-1e9, -50.0), pos2(1e9, 50.0)), Color32::WHITE);
    // Edges of the clip rectangle are rounded to pixels: 2 × 0.7 is 1, 2 × 1.3 is 3.
    let clip = Rect::from_min_max(pos2(0.7, 0.7), pos2(1.3, 9.0));
    let image = plain_raster().paint(&clipped(clip, mesh), [4, 3], 2.0, Color32::BLACK);
    assert_eq!(drawing(&image), ["....", ".##.", ".##."]);
    let empty = plain_raster().paint(&[], [0, 5], 1.0, Color32::BLACK);
    assert_eq!((empty.width, empty.height, empty.rgba.len()), (0, 5, 0));
}

#[test]
fn positions_that_are_no_numbers_or_out_of_reach_do_no_harm() {
    let far = f32::MAX;
    let strange = [[(f32::NAN, 0.0), (2.0, 0.0), (0.0, f32::INFINITY)], [(-far, -far), (far, -far), (0.0, far)]];
    let image = paint(&plain_raster(), triangles(&strange, Color32::WHITE), [3, 3]);
    assert_eq!(image.rgba.len(), 36);
}

#[test]
fn texels_that_fall_on_pixels_are_copied_and_others_are_mixed() {
    let gray = |level: u8| Color32::from_rgb(level, level, level);
    let raster = raster([4, 1], &[gray(255), gray(40), gray(80), gray(160)]);
    let reds = |left: f32| {
        let mut mesh = Mesh::default();
        let rect = Rect::from_min_size(pos2(left, 0.0), vec2(2.0, 1.0));
        mesh.add_rect_with_uv(rect, Rect::from_min_max(pos2(0.25, 0.0), pos2(0.75, 1.0)), Color32::WHITE);
        let image = paint(&raster, mesh, [4, 1]);
        (0..4).map(|x| image.pixel(x, 0).unwrap()[0]).collect::<Vec<_>>()
    };
    assert_eq!(reds(1.0), [0, 40, 80, 0]);
    // A quarter pixel to the left each pixel shows three quarters of its texel and one of the next.
    assert_eq!(reds(0.75), [0, 50, 100, 0]);
}

#[test]
fn textures_are_replaced_in_part_and_freed_after_their_last_frame() {
    let mut raster = raster([2, 2], &[Color32::WHITE; 4]);
    let mut square = Mesh::default();
    let rect = Rect::from_min_size(Pos2::ZERO, vec2(2.0, 2.0));
    square.add_rect_with_uv(rect, Rect::from_min_size(Pos2::ZERO, vec2(1.0, 1.0)), Color32::WHITE);

    let part = ImageDelta::partial([1, 0], ColorImage::filled([1, 1], Color32::BLACK), TextureOptions::LINEAR);
    let mut delta = TexturesDelta::default();
    delta.push(TextureId::default(), part);
    delta.free(TextureId::default());
    raster.apply(&mut delta);
    assert!(delta.is_empty());
    assert_eq!(drawing(&paint(&raster, square.clone(), [2, 2])), ["#.", "##"]);

    raster.apply(&mut TexturesDelta::default());
    assert_eq!(drawing(&paint(&raster, square, [2, 2])), ["..", ".."], "a mesh without its texture is not drawn");
}

#[test]
fn number_of_threads_does_not_show() {
    let raster = plain_raster();
    let mut mesh = triangles(&[[(3.0, 1.0), (190.7, 88.2), (20.1, 301.4)]], Color32::from_rgb(9, 99, 199));
    mesh.vertices[2].color = Color32::TRANSPARENT;
    let picture = |n_threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads).build().unwrap();
        pool.install(|| paint(&raster, mesh.clone(), [200, 300]))
    };
    assert_eq!(picture(1), picture(5));
}

#[test]
fn only_bands_that_are_other_than_before_are_painted_again() {
    let raster = plain_raster();
    let mesh = |x: f32, y: f32| triangles(&[[(x, y), (x + 9.0, y), (x, y + 9.0)]], Color32::from_rgb(200, 100, 50));
    let both = |second: Mesh| [clipped(PAGE, mesh(3.0, 5.0)), clipped(PAGE, second)].concat();
    let mut canvas = Canvas::default();
    let mut repaint = |primitives: &[ClippedPrimitive], size, background| {
        raster.repaint(&mut canvas, primitives, size, 1.0, background);
        let image = canvas.clone().into_image();
        assert_eq!(image, raster.paint(primitives, size, 1.0, background), "as if painted anew");
        canvas.changed().to_vec()
    };
    let size = [40, 100];
    assert_eq!(repaint(&both(mesh(4.0, 40.0)), size, Color32::BLACK), [true; 4]);
    assert_eq!(repaint(&both(mesh(4.0, 40.0)), size, Color32::BLACK), [false; 4]);
    assert_eq!(repaint(&both(mesh(5.0, 40.0)), size, Color32::BLACK), [false, true, false, false]);
    assert_eq!(repaint(&both(mesh(5.0, 90.0)), size, Color32::BLACK), [false, true, true, true]);
    assert_eq!(repaint(&both(mesh(5.0, 90.0)), size, Color32::WHITE), [true; 4]);
    assert_eq!(repaint(&both(mesh(5.0, 90.0)), [40, 30], Color32::WHITE), [true]);
    assert!(repaint(&both(mesh(5.0, 90.0)), [0, 30], Color32::WHITE).is_empty());
}

#[test]
fn changed_texture_is_painted_again() {
    let mut raster = raster([2, 1], &[Color32::WHITE, Color32::WHITE]);
    let mut mesh = Mesh::default();
    let rect = Rect::from_min_size(Pos2::ZERO, vec2(2.0, 1.0));
    mesh.add_rect_with_uv(rect, Rect::from_min_size(Pos2::ZERO, vec2(1.0, 1.0)), Color32::WHITE);
    let mut canvas = Canvas::default();
    raster.repaint(&mut canvas, &clipped(PAGE, mesh.clone()), [2, 1], 1.0, Color32::BLACK);
    let part = ImageDelta::partial([1, 0], ColorImage::filled([1, 1], Color32::BLACK), TextureOptions::LINEAR);
    let mut delta = TexturesDelta::default();
    delta.push(TextureId::default(), part);
    raster.apply(&mut delta);
    raster.repaint(&mut canvas, &clipped(PAGE, mesh), [2, 1], 1.0, Color32::BLACK);
    assert_eq!(canvas.changed(), [true]);
    assert_eq!(drawing(&canvas.into_image()), ["#."]);
}
