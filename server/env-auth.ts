import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { clean } from '@/core/text/text'
import { duration, flag } from './env-parts'
import { toError } from './errors'

const group = z
  .string()
  .trim()
  .min(1)
  .max(256)
  .refine(
    (name) => !/^\s*system:/i.test(name),
    'groups that begin with system: are the clusters’ own and give no rights',
  )
/** As providers are asked (auth/oidc/provider.ts): over http on this machine only. What is no address is said elsewhere. */
const isSafeIssuer = (issuer: string): boolean =>
  !URL.canParse(issuer) || new URL(issuer).protocol !== 'http:' || loopback.has(new URL(issuer).hostname)
const loopback: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '[::1]'])

const usualIdleMs = 7 * 86_400_000

const groups = z.array(group).max(200).default([])

const provider = z
  .strictObject({
    id: z
      .string()
      .regex(/^[a-z0-9-]{1,40}$/, 'write at most 40 small letters, digits and dashes')
      .describe('Names the provider in addresses: /login/callback/<id>.'),
    title: z.string().min(1).max(60).optional().describe('On the login page; the id by default.'),
    issuer: z
      .url({ protocol: /^https?$/ })
      .refine(
        isSafeIssuer,
        'over http anybody on the way can log in as anybody; write its https address (http is for a provider on this machine: localhost, 127.0.0.1 or [::1])',
      )
      .describe('Its issuer, as its discovery document says it. Plain http on this machine only.'),
    clientId: z.string().min(1).max(256),
    clientSecret: z
      .string()
      .min(1)
      .max(1_000)
      .optional()
      .describe('Without it the client is public, and PKCE protects it.'),
    clientSecretFile: z.string().optional().describe('A file that holds the secret instead.'),
    scopes: z.array(z.string()).default(['openid', 'profile', 'email']).describe('openid is asked for in any case.'),
    groupsClaim: z
      .string()
      .min(1)
      .default('groups')
      .describe('Claim of the ID token or of UserInfo that lists groups; names joined by dots for one within another.'),
    groupsPrefix: z
      .string()
      .max(60)
      .optional()
      .describe(
        'Put before the groups of this provider; where there are several, each needs one, and none may begin with another’s.',
      ),
  })
  .transform(({ clientSecretFile, title, ...rest }, context) => {
    const read = { ...rest, title: clean(title ?? rest.id, 60) }
    if (clientSecretFile === undefined) return read
    try {
      return { ...read, clientSecret: readFileSync(clientSecretFile, 'utf8').trim() }
    } catch (thrown) {
      context.addIssue({
        code: 'custom',
        message: `cannot be read: ${toError(thrown).message}`,
        path: ['clientSecretFile'],
      })
      return z.NEVER
    }
  })

/** Who may come in, and what they may. */
export const authSchema = z
  .strictObject({
    providers: z
      .array(provider)
      .max(20)
      .default([])
      .check(({ value, issues }) => {
        const twice = (of: (one: (typeof value)[number]) => string) => new Set(value.map(of)).size < value.length
        const say = (message: string) => issues.push({ code: 'custom', message, input: value, path: [] })
        if (twice(({ id }) => id)) say('each provider needs an id of its own')
        // Else any of them could name the groups of another.
        const prefixes = value.map(({ groupsPrefix }) => groupsPrefix ?? '')
        const alike = prefixes.some((one, at) => prefixes.some((other, of) => of !== at && other.startsWith(one)))
        if (value.length > 1 && alike)
          say(
            'with several providers each needs a groupsPrefix of its own, with which that of no other begins, so that none speaks for the groups of another',
          )
      })
      .describe('OpenID Connect providers that people log in with.'),
    roles: z
      .strictObject({ admin: groups, editor: groups, viewer: groups })
      .prefault({})
      .describe('Groups that have a role everywhere, whatever the teams.'),
    mode: z
      .enum(['teams', 'kubernetes'])
      .default('teams')
      .describe('What rights come from: the teams here, or what the clusters’ own RBAC says.'),
    session: z
      .strictObject({
        idle: duration
          .optional()
          .describe('A session ends when nobody used it for so long; 7d, or longest where that is less.'),
        longest: duration.prefault('30d').describe('And in any case after this.'),
        rotate: duration.prefault('10m').describe('Its token is changed so often.'),
        refresh: duration.prefault('15m').describe('The provider is asked so often whether the login still stands.'),
      })
      .transform(({ idle, ...rest }, context) => {
        const { longest } = rest
        if (idle !== undefined && idle > longest)
          context.addIssue({
            code: 'custom',
            path: ['idle'],
            message:
              'is beyond auth.session.longest, which ends every session before; write at most that, or a greater longest',
          })
        return { ...rest, idle: idle ?? Math.min(usualIdleMs, longest) }
      })
      .prefault({}),
    adminPasswordFile: z
      .string()
      .optional()
      .describe(
        'A file (of a Secret) with the password of the local administrator, at least 16 characters; off once somebody else is one.',
      ),
    secretFile: z
      .string()
      .optional()
      .describe(
        'A file with at least 32 random bytes, by which what providers give is sealed; by default one is made in stateDir. A further line opens what it sealed before.',
      ),
    secret: z.string().optional().describe('The same as a text, for the environment (ORIEL_AUTH_SECRET).'),
    trustedProxies: z
      .array(z.union([z.cidrv4(), z.cidrv6()]))
      .default([])
      .describe('Networks of proxies whose X-Forwarded-For is believed.'),
    allowHttp: flag
      .default(false)
      .describe('Whether people beyond this machine may log in without TLS. Their session can be stolen on the way.'),
  })
  .prefault({})

export type AuthConfig = z.output<typeof authSchema>

/** Groups that a team names. */
export const teamGroups = groups
