import { expect, test } from 'vitest'
import { urlParsers } from './url-state'

test.each([
  ['shop/web', 'shop/web'],
  ['x'.repeat(2_000), 'x'.repeat(2_000)],
  ['x'.repeat(3_000), null],
  ['\0', null],
  ['', null],
])('the selection %j is %j', (text, id) => expect(urlParsers.sel.parse(text)).toBe(id))
