import { expect, it } from 'vitest'
import { outline } from './outline'

it('writes what people read, a line for each value', () => {
  const team = {
    name: 'store',
    namespaces: ['shop', { cluster: 'c', name: 'cart-*' }],
    viewers: [],
    quota: null,
    on: true,
  }
  expect(outline(team)).toBe(
    `name: store
namespaces:
  - shop
  - cluster: c
    name: cart-*
viewers: (none)
quota: null
on: true
`,
  )
})

it.each([
  [null, ''],
  [undefined, ''],
  ['text', 'text\n'],
  [{}, '(none)\n'],
  [{ a: 'true' }, 'a: "true"\n'],
  [{ a: '12' }, 'a: "12"\n'],
  [{ a: 12 }, 'a: 12\n'],
  [{ a: 'two\nlines' }, 'a: "two\\nlines"\n'],
  [{ a: 'b: c' }, 'a: "b: c"\n'],
  [{ a: '- b' }, 'a: "- b"\n'],
  [{ a: '' }, 'a: ""\n'],
  [{ a: { b: {} } }, 'a:\n  b: (none)\n'],
  [[[1, 2], 3], '- - 1\n  - 2\n- 3\n'],
])('%j is %j', (value, expected) => {
  expect(outline(value)).toBe(expected)
})
