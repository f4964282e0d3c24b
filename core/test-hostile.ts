/** For tests: what strangers write where a name is expected. Each ends in a word of its own, by which it is found again. */
export const hostileTexts: Readonly<Record<string, string>> = {
  script: '<script>window.owned=1</script>w-script',
  image: '"><img src=x onerror=window.owned=1>w-image',
  vector: '<svg/onload=window.owned=1>w-vector',
  attribute: `' autofocus onfocus='window.owned=1' x='w-attribute`,
  colours: '\u001b[31mred\u001b[0m w-colours',
  title: '\u001b]0;owned\u0007w-title',
  oneByteControl: '\u009b31mw-c1',
  backwards: 'user\u202etxt.exe w-backwards',
  isolates: '\u2066a\u2069\u200f w-isolates',
  invisible: 'pay\u200b\u2060\ufeff\u00adpal w-invisible',
  tags: 'a\u{e0041}\u{e007f} w-tags',
  nul: 'a\u0000b w-nul',
  lone: '\ud800 w-lone \udfff',
  lines: 'a\r\nb\u2028c\u2029d\u0085w-lines',
  prototype: '__proto__',
  constructor_: 'constructor',
  toString_: 'toString',
  formula: `=cmd|'/C calc'!A0 w-formula`,
  plus: '+1+1 w-plus',
  minus: '-2+3 w-minus',
  at: '@SUM(1) w-at',
  tab: '\t=1+1 w-tab',
  carriage: '\r=1+1 w-carriage',
  wide: '＝1+1 w-wide',
  address: 'javascript:window.owned=1//w-address',
  climbs: '../../etc/passwd w-climbs',
  disguised: '%2e%2e/%2e%2e/w-disguised',
  graphviz: '"]; x -> y [label="w-graphviz',
  backslash: 'a\\N\\" w-backslash',
  mermaid: '"]\n click n0 "javascript:window.owned=1" w-mermaid',
  template: '${7*7}{{7*7}}%s%n w-template',
  statement: `'; drop table edge; -- w-statement`,
  cells: 'a,b"c\nd w-cells',
  bars: 'a|b/c|d w-bars',
  dots: '..',
  long: `${'n'.repeat(5_000)} w-long`,
}

/** Secrets that telemetry may carry; nothing may keep them. */
export const secrets = ['canary-bearer', 'canary-cookie', 'canary-query', 'canary-user'] as const

/** What no text of a stranger may hold once it was taken in: control, format and lone surrogate characters. */
export const unseen = /[\p{Cc}\p{Cf}\p{Cs}]/u

/** Every text in a value, names of its fields too, by where it stands. */
export function* textsIn(value: unknown, path = ''): Generator<readonly [path: string, text: string]> {
  if (typeof value === 'string') yield [path, value]
  else if (Array.isArray(value)) for (const [i, one] of value.entries()) yield* textsIn(one, `${path}[${i}]`)
  else if (typeof value === 'object' && value !== null)
    for (const [name, one] of Object.entries(value)) {
      yield [`${path}.${name} (name)`, name]
      yield* textsIn(one, `${path}.${name}`)
    }
}
