/** Steps of an edge's curve; two more rows make its arrow. */
export const curveSteps = 12
/** Vertices of one edge: a strip of two a row. */
export const edgeVertices = 2 * (curveSteps + 3)

const head = `#version 300 es
precision highp float;
uniform vec3 camera; // x, y, zoom
uniform vec2 size;
vec4 onScreen(vec2 world) {
  vec2 p = (world * camera.z + camera.xy) / size * 2.0 - 1.0;
  return vec4(p.x, -p.y, 0.0, 1.0);
}`

/** Edges as strips along a quadratic curve, with an arrow at the end where \`arrow\` is above 0. */
export const edgeVertex = `${head}
in vec4 ends;  // x0, y0, x1, y1
in vec4 bend;  // cx, cy, width, colour + 8 × dash
uniform float arrow;     // length of a head; 0 draws none
uniform float thickness; // 0: widths are the world's, 1: the screen's
uniform float fade;
uniform vec3 colours[8];
out vec4 colour;
out float along;
flat out int dash;
void main() {
  const int steps = ${curveSteps};
  int row = gl_VertexID / 2;
  float side = float(gl_VertexID % 2) * 2.0 - 1.0;
  vec2 a = ends.xy, b = ends.zw, c = bend.xy;
  float reach = distance(a, c) + distance(c, b);
  float line = 1.0 - min(0.4, arrow / max(reach, 1.0));
  float t = row <= steps ? line * float(row) / float(steps) : row == steps + 1 ? line : 1.0;
  vec2 way = mix(c - a, b - c, t);
  way = dot(way, way) > 0.0 ? normalize(way) : vec2(1.0, 0.0);
  float k = camera.z;
  float wide = thickness > 0.5 ? bend.z : bend.z * 0.8 * k; // in pixels of the screen
  float drawn = max(wide, 1.0) / k;
  float reachOut = row <= steps ? drawn * 0.5 : row == steps + 1 ? (arrow > 0.0 ? 3.6 + drawn * 0.25 : 0.0) : 0.0;
  vec2 p = mix(mix(a, c, t), mix(c, b, t), t) + vec2(-way.y, way.x) * side * reachOut;
  gl_Position = onScreen(p);
  int code = int(bend.w + 0.5);
  dash = row <= steps ? code / 8 : 0;
  along = t * reach;
  // What is thinner than a pixel is drawn a pixel wide and paler.
  float alpha = clamp(wide * 1.4, 0.45, 1.0) * fade * (code % 8 == 0 ? 0.6 : 1.0);
  colour = vec4(colours[code % 8] * alpha, alpha);
}`

export const edgeFragment = `#version 300 es
precision highp float;
in vec4 colour;
in float along;
flat in int dash;
out vec4 paint;
void main() {
  if (dash == 1 && mod(along, 6.0) > 2.5) discard;
  if (dash == 2 && mod(along, 14.0) > 9.0) discard;
  if (dash == 3 && mod(along, 5.0) > 1.6) discard;
  if (dash == 4 && mod(along, 8.0) > 5.0) discard;
  paint = colour;
}`

/** Nodes as squares in which the fragment shader draws shape, ring and mark. */
export const nodeVertex = `${head}
in vec4 body; // x, y, r, shape + 5 × (0 well, 1 warn, 2 bad)
out vec2 at;
flat out float radius;
flat out int shape;
flat out int health;
void main() {
  int code = int(body.w + 0.5);
  shape = code % 5;
  health = code / 5;
  radius = body.z;
  float room = max(radius * 1.35 + 7.0, 5.0 / camera.z);
  at = (vec2(gl_VertexID % 2, gl_VertexID / 2) * 2.0 - 1.0) * room;
  gl_Position = onScreen(body.xy + at);
}`

export const nodeFragment = `#version 300 es
precision highp float;
uniform vec3 camera;
uniform float simple; // 1: squares
uniform float fade;
uniform vec3 fill;
uniform vec3 colours[3];
in vec2 at;
flat in float radius;
flat in int shape;
flat in int health;
out vec4 paint;
float box(vec2 p, vec2 half_, float round_) {
  vec2 q = abs(p) - half_ + round_;
  return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - round_;
}
float hexagon(vec2 p, float r) {
  vec2 q = abs(p);
  return max(q.y, q.x * 0.866 + q.y * 0.5) - r * 0.866;
}
float triangle(vec2 p) { return max(p.y - 4.0, max(dot(p, vec2(0.87, -0.49)), dot(p, vec2(-0.87, -0.49))) - 2.55); }
void main() {
  float px = 1.0 / camera.z;
  vec3 ring = colours[health];
  if (simple > 0.5) {
    float side = max(radius * 0.65, 1.5 * px) * (health == 2 ? 2.0 : health == 1 ? 1.5 : 1.0);
    float cover = clamp(0.5 - box(at, vec2(side), 0.0) / px, 0.0, 1.0) * fade;
    paint = vec4(ring * cover, cover);
    return;
  }
  float d = shape == 0 ? length(at) - radius
    : shape == 1 ? box(at, vec2(radius * 1.06, radius * 0.9), 3.0)
    : shape == 2 ? (abs(at.x) + abs(at.y) - radius) * 0.7071
    : shape == 4 ? hexagon(at, radius * 1.1)
    : box(at, vec2(radius * 1.15, radius), radius * 0.55);
  float stroke = max(health > 0 ? 2.4 : 1.3, px);
  float edge = clamp(0.5 + (abs(d) * -1.0 + stroke * 0.5) / px, 0.0, 1.0);
  float inside = clamp(0.5 - d / px, 0.0, 1.0);
  if (shape == 1 && abs(at.y + radius * 0.32) < 0.6 && d < 0.0) edge = max(edge, 0.5);
  vec4 c = vec4(fill * inside, inside);
  c = mix(c, vec4(ring, 1.0), edge * fade);
  if (health > 0) {
    vec2 m = at - vec2(radius * 0.8, radius * -0.8);
    float mark = health == 2 ? box(m, vec2(4.5), 0.0) : triangle(m);
    c = mix(c, vec4(ring, 1.0), clamp(0.5 - mark / px, 0.0, 1.0) * fade);
  }
  if (c.a <= 0.0) discard;
  paint = c;
}`

/** Regions as filled shapes and their outlines. */
export const regionVertex = `${head}
in vec2 corner;
void main() { gl_Position = onScreen(corner); }`

export const regionFragment = `#version 300 es
precision highp float;
uniform vec3 fill;
out vec4 paint;
void main() { paint = vec4(fill, 1.0); }`
