import { expect, it } from 'vitest'
import { readConfig } from './env'

const actAs = (ORIEL_ACT_AS: string, more: Record<string, string> = {}) =>
  readConfig({ ORIEL_ACT_AS, ...more }).kubernetes.actAs

it('is nobody until somebody is named', () => expect(readConfig({}).kubernetes.actAs).toBeUndefined())

it('is a user with groups, or the account of the kubeconfig', () => {
  expect(actAs('alice@example.org, team-a,team-b')).toEqual({ user: 'alice@example.org', groups: ['team-a', 'team-b'] })
  expect(actAs('oidc:alice')).toEqual({ user: 'oidc:alice', groups: [] })
  expect(actAs('own')).toBe('own')
})

it.each(['system:admin', 'alice,system:masters', 'alice,', 'a b'])('refuses %s', (text) => {
  expect(() => actAs(text)).toThrow('kubernetes.actAs')
})

it('is the account of the kubeconfig on loopback only', () => {
  expect(() => actAs('own', { ORIEL_HOST: '0.0.0.0' })).toThrow(/own is for a console that listens on loopback/)
  expect(() => actAs('own', { ORIEL_URL: 'https://oriel.example.org' })).toThrow(/own is for a console/)
  expect(actAs('own', { ORIEL_HOST: '::1' })).toBe('own')
  expect(actAs('own', { ORIEL_URL: 'http://localhost:3000' })).toBe('own')
  expect(actAs('alice', { ORIEL_HOST: '0.0.0.0' })).toEqual({ user: 'alice', groups: [] })
})
