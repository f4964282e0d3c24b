import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { labelsMatch } from '../label-match'
import { labelsOf, selectorAt } from './calico-labels'
import { parseSelector, type Selector, selectorText } from './calico-selector'

const key = fc.constantFrom('app', 'k8s.io/name', 'a-b_c.d', 'in', 'not', 'all', 'has', 'contains')
const value = fc.constantFrom('', 'web', 'it"s', "it's", 'a b', '&&', '{}', '\n')
const { selector } = fc.letrec<{ selector: Selector }>((tie) => ({
  selector: fc.oneof(
    { depthSize: 'small' },
    fc.constantFrom<Selector>({ is: 'all()' }, { is: 'global()' }),
    fc.record({ is: fc.constant('has()' as const), key }),
    fc.record({
      is: fc.constantFrom(
        '==' as const,
        '!=' as const,
        'contains' as const,
        'starts with' as const,
        'ends with' as const,
      ),
      key,
      value,
    }),
    fc.record({
      is: fc.constantFrom('in' as const, 'not in' as const),
      key,
      values: fc.array(value, { maxLength: 3 }).map((all) => [...new Set(all)].sort()),
    }),
    tie('selector').map((of): Selector => (of.is === '!' ? of : { is: '!', of })),
    fc.record({
      is: fc.constantFrom('&&' as const, '||' as const),
      of: fc.array(tie('selector'), { minLength: 2, maxLength: 3 }),
    }),
  ),
}))

describe('a selector of Calico', () => {
  test('is the same when what is written is read again', () => {
    fc.assert(
      fc.property(selector, (one) => {
        expect(parseSelector(selectorText(one))).toEqual({ selector: one })
      }),
    )
  })

  test('any text is read, or refused at one of its characters, and means the same when written', () => {
    const signs = ['==', '!=', '"x"', "'y'", '(', ')', '{', '}', ',', '!', '&&', '||', ' ', '"', '&', '%']
    const named = ['a', 'b', 'has(a)', 'all()', ' in', ' not in', ' contains', ' ends with']
    const words = fc.constantFrom(...signs, ...named)
    const texts = fc.array(words, { maxLength: 9 }).map((all) => all.join(''))
    const labels = fc.dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('x', 'y'))
    fc.assert(
      fc.property(texts, labels, (text, own) => {
        const read = parseSelector(text)
        if ('problem' in read) {
          expect(read.problem.at).toBeGreaterThanOrEqual(1)
          expect(read.problem.at).toBeLessThanOrEqual(text.length + 1)
          return
        }
        const again = parseSelector(selectorText(read.selector))
        if ('problem' in again) throw new Error(again.problem.reason)
        expect(labelsMatch(labelsOf(again.selector), own)).toBe(labelsMatch(labelsOf(read.selector), own))
      }),
      { numRuns: 2_000 },
    )
  })

  test.each([
    ['a == b', 6, 'expected a text in quotes behind =='],
    ['a', 2, 'expected an operator behind a'],
    ['a b', 3, 'expected an operator behind the label'],
    ['a == "b" &', 10, 'expected &&'],
    ['a == "b" || ', 13, 'expected a condition, not end'],
    ['a = "b"', 3, 'expected =='],
    ['foo in "a"', 8, 'expected { behind in'],
    ['foo in {"a"', 12, 'expected }'],
    ['"FOO', 1, 'the text is not closed'],
    ['(a == "b"', 10, 'expected )'],
    ['has(a) has(b)', 8, 'unexpected has()'],
    ['has (a)', 5, 'expected an operator behind has'],
    ['has(a', 1, 'has( is not closed'],
    ['a == "b"\n&& has(c)', 9, 'unexpected character'],
    ['%', 1, 'unexpected character'],
    ['()', 2, 'expected a condition, not )'],
  ])('%j is refused at character %i', (text, at, reason) => {
    expect(parseSelector(text)).toEqual({ problem: { at, reason } })
  })

  test('a label has up to 512 characters', () => {
    const has = (length: number) => parseSelector(`has(${'a'.repeat(length)})`)
    expect(has(512)).toHaveProperty('selector')
    expect(has(513)).toEqual({ problem: { at: 1, reason: 'a label must not have more than 512 characters' } })
  })

  test.each([
    ['a notin {"x"}', {}, true],
    ['a startswith "x"', { a: 'xy' }, true],
    ['a in {}', { a: '' }, false],
    ['a in {"x",}', { a: 'x' }, true],
    ['a=="x"||b=="y"&&c=="z"', { a: 'x' }, true],
    ['(a=="x"||b=="y")&&c=="z"', { a: 'x' }, false],
    ['a != "x"', {}, true],
    ['!a == "x"', {}, true],
    ['a contains ""', {}, false],
    ['!!has(a)', { a: '' }, true],
    ['!(has(a) && has(b))', { a: '' }, true],
    ['!(has(a) && has(b))', { a: '', b: '' }, false],
    ['!a contains "x"', {}, true],
  ])('%s on %j is %s', (text, own, expected) => {
    const read = parseSelector(text)
    expect('selector' in read && labelsMatch(labelsOf(read.selector), own)).toBe(expected)
  })

  test('a problem at a field tells the character', () => {
    const at = { path: 'spec.selector', value: 'app = "web"', problems: [] }
    expect(selectorAt(at, 'labels')).toBeNull()
    expect(at.problems).toEqual([{ path: 'spec.selector', reason: 'at character 5: expected ==' }])
  })
})
