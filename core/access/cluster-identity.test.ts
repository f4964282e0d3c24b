import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clusterIdentity, identityProblem, type IdentityRules, nameProblem } from './cluster-identity'
import { isSystemName } from './system-name'

const rules: IdentityRules = { userPrefix: 'oidc:', groupsPrefix: 'oidc:', groups: null, sharedUser: null }
const identity = (subject: string, groups: string[] = [], more: Partial<IdentityRules> = {}) =>
  clusterIdentity({ subject, groups }, { ...rules, ...more })

describe('the identity in clusters', () => {
  it('is the subject and the groups with their prefixes', () =>
    expect(identity('alice', ['team-b', 'team-a', 'team-b'])).toEqual({
      user: 'oidc:alice',
      groups: ['oidc:team-a', 'oidc:team-b'],
    }))

  it('has the allowed groups only', () => {
    const groups = ['team-a', 'team-b', 'k8s/ops', 'k8s/ops/deep', 'Teamxa']
    expect(identity('alice', groups, { groups: ['team-a', 'k8s/*'] })).toMatchObject({
      groups: ['oidc:k8s/ops', 'oidc:k8s/ops/deep', 'oidc:team-a'],
    })
    expect(identity('alice', ['team.a', 'teamxa'], { groups: ['team.a'] })).toMatchObject({ groups: ['oidc:team.a'] })
    expect(identity('alice', groups, { groups: [] })).toMatchObject({ groups: [] })
  })

  it('is one user for all where only groups count', () =>
    expect(identity(' strange\n', ['team-a'], { sharedUser: 'oriel:people' })).toEqual({
      user: 'oriel:people',
      groups: ['oidc:team-a'],
    }))

  it('may have names of other scripts, with blanks inside', () =>
    expect(identity('ünal', ['Domain Admins', 'Prüfer'])).toEqual({
      user: 'oidc:ünal',
      groups: ['oidc:Domain Admins', 'oidc:Prüfer'],
    }))

  const systems = [
    'system:masters',
    'System:Masters',
    ' system:masters',
    'system :masters',
    'sys\u200btem:masters',
    'system\uff1amasters',
    '\u00adsystem:node:a',
    'system:serviceaccount:kube-system:admin',
  ]
  it.each(systems)('is refused as the user %j and never has that group', (name) => {
    expect(identity(name)).toEqual({ problem: 'system' })
    expect(identity('alice', [name])).toMatchObject({ groups: [] })
    expect(identityProblem({ user: 'alice', groups: [name] })).toBe('system')
  })

  it('is refused where the prefix makes it one of the cluster', () => {
    expect(identity(':admin', [], { userPrefix: 'system' })).toEqual({ problem: 'system' })
    expect(identity('alice', ['tem:masters'], { groupsPrefix: 'sys' })).toMatchObject({ groups: [] })
    expect(identity('alice', [], { sharedUser: 'system:admin' })).toEqual({ problem: 'system' })
  })

  it.each(['', 'a\nb', 'a\r\nImpersonate-Group: x', 'a ', '\u202ea', '\ud800', 'a\u0000'])(
    'is refused with the characters of %j',
    (name) => {
      expect(identity(name)).toEqual({ problem: 'characters' })
      expect(identity('alice', [name, 'x'])).toMatchObject({ groups: ['oidc:x'] })
    },
  )

  it('is bounded', () => {
    expect(identity('a'.repeat(400))).toEqual({ problem: 'too-long' })
    const many = Array.from({ length: 201 }, (_, i) => `g${i}`)
    expect(identity('alice', many)).toEqual({ problem: 'too-many-groups' })
    expect(identity('alice', many, { groups: ['g1*'] })).toMatchObject({ user: 'oidc:alice' })
    const long = Array.from({ length: 60 }, (_, i) => `${'g'.repeat(250)}${i}`)
    expect(identity('alice', long)).toEqual({ problem: 'too-many-groups' })
  })

  it('never holds a name that clusters keep for themselves, nor one that a header cannot carry', () => {
    const name = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc
        .tuple(fc.constantFrom('', ' ', '\u200b', 'o'), fc.constantFrom('system:', 'SYSTEM:'), fc.string())
        .map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(name, fc.array(name), fc.constantFrom('oidc:', 'x', 'sys'), (subject, groups, prefix) => {
        const made = identity(subject, groups, { userPrefix: prefix, groupsPrefix: prefix })
        if ('problem' in made) return
        expect(identityProblem(made)).toBeNull()
        for (const one of [made.user, ...made.groups]) {
          expect(one.startsWith(prefix)).toBe(true)
          expect(isSystemName(one)).toBe(false)
          expect(nameProblem(one.slice(prefix.length))).toBeNull()
        }
      }),
    )
  })
})
