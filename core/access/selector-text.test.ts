import { describe, expect, it } from 'vitest'
import { labelsMatch } from '../policy/label-match'
import { readSelector } from './selector-text'

const holds = (text: string, labels: Record<string, string>): boolean => {
  const read = readSelector(text)
  if ('problem' in read) throw new Error(read.problem)
  return labelsMatch(read.match, labels)
}

describe('a selector', () => {
  it.each<[string, Record<string, string>, boolean]>([
    ['team=shop', { team: 'shop' }, true],
    ['team==shop', { team: 'shop' }, true],
    ['team = shop', { team: 'shop' }, true],
    ['team=shop', { team: 'shops' }, false],
    ['team=shop', {}, false],
    ['team=', { team: '' }, true],
    ['team!=shop', { team: 'pay' }, true],
    ['team!=shop', {}, true],
    ['team!=shop', { team: 'shop' }, false],
    ['env in (prod, stage)', { env: 'stage' }, true],
    ['env in (prod,stage)', { env: 'dev' }, false],
    ['env notin (prod)', {}, true],
    ['env notin (prod)', { env: 'prod' }, false],
    ['example.org/team', { 'example.org/team': 'x' }, true],
    ['example.org/team', { team: 'x' }, false],
    ['!legacy', {}, true],
    ['!legacy', { legacy: '' }, false],
    ['team=shop,env in (prod,stage),!legacy', { team: 'shop', env: 'prod' }, true],
    ['team=shop,env in (prod,stage),!legacy', { team: 'shop', env: 'prod', legacy: 'yes' }, false],
    ['team=shop,env in (prod,stage),!legacy', { env: 'prod' }, false],
    ['constructor', {}, false],
  ])('%s on %j: %s', (text, labels, expected) => {
    expect(holds(text, labels)).toBe(expected)
  })

  it.each([
    '',
    '  ',
    ',',
    'a,',
    'a=b,,c',
    'a=b=c',
    'a in x',
    'a in (x',
    'a in ()',
    'a notin ( )',
    'a in (x,(y))',
    '-a=b',
    'a b',
    'a>1',
    'a=ü',
    '!',
  ])('is not %j', (text) => {
    expect(readSelector(text)).toHaveProperty('problem')
  })
})
