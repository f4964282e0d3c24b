import { expect, it } from 'vitest'
import { auditActions, auditNouns, isAuditAction, namedActions } from './actions'

it('has a sentence for every action, each its own, and a word for what it is about', () => {
  const sentences = Object.values(auditActions)
  expect(new Set(sentences).size).toBe(sentences.length)
  for (const action of Object.keys(auditActions)) expect(Object.keys(auditNouns)).toContain(action.split('.')[0])
})

it.each([
  [['team'], ['team.made', 'team.changed', 'team.deleted']],
  [
    ['session.begun', 'team-view'],
    ['session.begun', 'team-view.begun', 'team-view.ended'],
  ],
  [
    ['team', 'team.made'],
    ['team.made', 'team.changed', 'team.deleted'],
  ],
  [[], []],
  [['nothing'], null],
  [['toString'], null],
])('finds the actions of %j', (names, expected) => {
  expect(namedActions(names)).toEqual(expected)
})

it('knows an action from other text', () => {
  expect(isAuditAction('policy.applied')).toBe(true)
  expect(isAuditAction('constructor')).toBe(false)
})
