import { z } from 'zod'
import { roles } from '@/core/access/rights'
import { readSelector } from '@/core/access/selector-text'
import type {
  LabelledTeam,
  NamespacePair,
  RoleItem,
  TeamItem,
  TeamMatches,
  TeamsAnswer,
  TeamSight,
} from '@/core/access/settings-teams'
import { type NamespaceRule, ruleName } from '@/core/access/team'
import { mirror } from '@/server/mirror'
import { millis } from './shared'

const cluster = z.string().min(1).max(200).nullable().describe('null: of every cluster.')
const globProblem = 'write a name of small letters, digits and dashes between them, in which * stands for any'

/** One rule of a team's namespaces, as it may be written. */
export const namespaceRuleSchema = mirror<NamespaceRule>()(
  z.union([
    z.strictObject({
      cluster,
      name: z.string().max(63, 'at most 63 characters').regex(ruleName, globProblem),
    }),
    z.strictObject({
      cluster,
      selector: z
        .string()
        .max(1_000, 'at most 1000 characters')
        .superRefine((text, context) => {
          const read = readSelector(text)
          if ('problem' in read) context.addIssue({ code: 'custom', message: read.problem })
        })
        .describe('A label selector on namespaces, as kubectl takes it.'),
    }),
  ]),
)

export const maxRules = 200

/** As it is told: a rule of the configuration file may be of any text. */
const toldRule = mirror<NamespaceRule>()(
  z.union([
    z.strictObject({ cluster: z.string().nullable(), name: z.string() }),
    z.strictObject({ cluster: z.string().nullable(), selector: z.string() }),
  ]),
)

const pairShape = { cluster: z.string(), namespace: z.string() }
const pairSchema = mirror<NamespacePair>()(z.strictObject(pairShape))
const groups = z.array(z.string())

const teamSchema = mirror<TeamItem>()(
  z.strictObject({
    id: z.number().nullable().describe('null: a team of the configuration file.'),
    name: z.string(),
    from: z.enum(['file', 'database']),
    rules: z.array(toldRule),
    viewers: groups.describe('Groups whose members see the namespaces.'),
    editors: groups.describe('Groups whose members also change policies there.'),
    namespaces: z.array(pairSchema).describe('That the rules mean now, of those that you see.'),
    version: z.number().describe('Counts changes; send it back to change this very one.'),
    changed: z.strictObject({ at: millis, by: z.string() }).nullable(),
    problem: z.string().nullable().describe('Why it gives no rights; null: it does.'),
  }),
)

const labelledSchema = mirror<LabelledTeam>()(
  z.strictObject({ name: z.string(), label: z.string(), namespaces: z.array(pairSchema) }),
)

const roleSchema = mirror<RoleItem>()(
  z.strictObject({ role: z.enum(roles), fromFile: groups, groups, version: z.number() }),
)

export const teamsSchema = mirror<TeamsAnswer>()(
  z.strictObject({
    mayChange: z.boolean(),
    teams: z.array(teamSchema),
    labelled: z.array(labelledSchema).describe('That only labels of namespaces name: they give nobody rights.'),
    roles: z.array(roleSchema).describe('Who has a role everywhere; to administrators.'),
    knownGroups: groups.describe('Groups that came with logins; to administrators.'),
    missingWall: z
      .array(z.string())
      .nullable()
      .describe(
        'To administrators where the database does not hold teams apart by row security: SQL for a superuser to run before `oriel migrate`.',
      ),
    clusters: z.array(z.string()),
  }),
)

export const teamMatchesSchema = mirror<TeamMatches>()(
  z.strictObject({
    namespaces: z.array(pairSchema),
    added: z.array(pairSchema).describe('That the team as it is saved does not have.'),
    lost: z.array(pairSchema).describe('That it has and would no longer.'),
    unknownNames: z.array(toldRule).describe('Rules of one name that no cluster has: to come, or mistyped.'),
    unknownClusters: z.array(z.string()).describe('Clusters of rules that nothing tells of.'),
  }),
)

export const teamSightSchema = mirror<TeamSight>()(
  z.strictObject({
    namespaces: z.array(z.strictObject({ ...pairShape, workloads: z.number() })),
    services: z.number(),
    edges: z.number().describe('Pairs of ends that talked.'),
    crossing: z.number().describe('Of these, where one end is of others and stays without a name.'),
  }),
)

/** Rules as a parameter: a JSON list. */
export const rulesParam = z
  .string()
  .max(6_000, 'at most 6000 characters')
  .transform((text, context) => {
    const parsed = z.array(namespaceRuleSchema).max(maxRules).safeParse(jsonOf(text))
    if (parsed.success) return parsed.data
    const [first] = parsed.error.issues
    context.addIssue({ code: 'custom', message: first?.message ?? 'give a JSON list of rules' })
    return z.NEVER
  })
  .describe('JSON list of rules: `{cluster, name}` or `{cluster, selector}`; cluster null is every cluster.')

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
