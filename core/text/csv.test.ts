import { expect, it } from 'vitest'
import { csvCell, csvLine } from './csv'

it.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['say "hi"', '"say ""hi"""'],
  ['=HYPERLINK("http://x")', `"'=HYPERLINK(""http://x"")"`],
  ['+1', "'+1"],
  ['-2+3', "'-2+3"],
  ['@sum', "'@sum"],
  ['  =1', "'  =1"],
  ['\t=1', "' =1"],
  ['\r\n=1', "' =1"],
  ['a\r\nb\u0000\u001b[31mc', 'a bc'],
  ['\u202egnp.exe', 'gnp.exe'],
  ['', ''],
])('%j is the cell %j', (value, cell) => expect(csvCell(value)).toBe(cell))

it('writes numbers as they are and unknown as nothing', () => {
  expect(csvLine([-1, 0.5, null, 'x'])).toBe('-1,0.5,,x\r\n')
})
