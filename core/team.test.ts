import { describe, expect, it } from 'vitest'
import { namespaceRule } from './access/team'
import { teamsOf } from './team'

const labels = ['oriel.dev/team', 'team']
const namespace = (name: string, own: Record<string, string> | null = {}, cluster = 'east') => ({
  cluster,
  namespace: name,
  labels: own,
})
const teams = [
  { name: 'payments', namespaces: ['checkout', 'pay-*'] },
  { name: 'west shop', namespaces: ['west/shop*'] },
  { name: 'catch-all', namespaces: ['*-tmp'] },
].map(({ name, namespaces }) => ({ name, namespaces: namespaces.map(namespaceRule) }))

describe('teamsOf', () => {
  it.each([
    ['a listed name', namespace('checkout', { team: 'shop' }), 'payments'],
    ['a glob', namespace('pay-eu'), 'payments'],
    ['a glob of one cluster', namespace('shop-2', {}, 'west'), 'west shop'],
    ['not that of another cluster', namespace('shop-2'), undefined],
    ['the first rule that fits', namespace('pay-tmp'), 'payments'],
    ['a label', namespace('orders', { team: 'logistics' }), 'logistics'],
    ['the first label', namespace('orders', { team: 'b', 'oriel.dev/team': 'a' }), 'a'],
    ['no team without either', namespace('orders', { app: 'x' }), undefined],
    ['dots that are only dots', namespace('payXeu'), undefined],
    ['names without separators', namespace('orders', { team: 'a|b/c,d' }), 'a-b-c-d'],
    ['no team by labels that nobody told', namespace('orders', null), undefined],
    ['no inherited property', namespace('orders'), undefined],
  ] as const)('gives %s', (_what, one, team) => {
    expect(teamsOf([one], { teams, labels: [...labels, 'constructor'] }).get(`${one.cluster}/${one.namespace}`)).toBe(
      team,
    )
  })
})
