import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parse as parseYaml } from 'yaml'
import { z } from 'zod'
import { linkProblem } from '@/core/links/link-template'
import { actAsSchema, actsOnLoopback } from './env-act-as'
import { authSchema } from './env-auth'
import { healthRulesSchema } from './env-health'
import { identitySettings, tellsProvidersApart } from './env-identity'
import { duration, flag, lasting } from './env-parts'
import { teamsSchema } from './env-teams'
import { AppError, toError } from './errors'

/** The database refuses to forget the audit much sooner. */
const leastAuditMs = 7 * 86_400_000
const port = z.coerce.number().int().min(0).max(65_535)

/** Oriel's whole configuration: one YAML file and the environment, which wins. Durations become milliseconds. */
export const configSchema = z
  .strictObject({
    cluster: z
      .string()
      .min(1)
      .max(100)
      .optional()
      .describe('Name of the cluster where a source names none; by default the one of the kubeconfig context.'),
    stateDir: z
      .string()
      .default('.oriel')
      .describe('Folder of the embedded PostgreSQL, its password and the demo; created when missing.'),
    web: z
      .strictObject({
        host: z.string().default('127.0.0.1').describe('Address to listen on.'),
        port: port.default(3000).describe('Port of the console.'),
        hosts: z.array(z.string()).default([]).describe('Further host names that the console may be reached by.'),
        url: z
          .url({ protocol: /^https?$/, error: 'write an address such as https://oriel.example.org' })
          .refine(
            (url) => !/[?#]/.test(url),
            'write the address alone, without ? and # and what follows, for example https://oriel.example.org',
          )
          .refine(
            // What is no address is said by itself.
            (url) => /[?#]/.test(url) || !/^https?:/i.test(url) || !URL.canParse(url) || new URL(url).pathname === '/',
            'Oriel cannot live below a path; write the address of a name of its own, for example https://oriel.example.org',
          )
          .transform((url) => new URL(url).origin)
          .optional()
          .describe('Address at which people reach the console, for example https://oriel.example.org.'),
      })
      .prefault({}),
    metrics: z
      .strictObject({
        host: z.string().default('127.0.0.1').describe('Address of the metrics ports.'),
        webPort: port.default(0).describe('Port of the web process’s Prometheus metrics; 0 turns them off.'),
        collectorPort: port.default(0).describe('Port of the collector’s Prometheus metrics; 0 turns them off.'),
      })
      .prefault({}),
    database: z
      .strictObject({
        url: z
          .url({ protocol: /^postgres(ql)?$/ })
          .optional()
          .describe('Your own PostgreSQL (15 or newer); without it an embedded one is started.'),
        connections: z.coerce
          .number()
          .int()
          .min(2)
          .max(100)
          .default(8)
          .describe('Connections per process; the web process has as many again for its answers.'),
      })
      .prefault({}),
    kubernetes: z
      .strictObject({
        enabled: flag.default(true).describe('Whether to read the Kubernetes inventory.'),
        kubeconfig: z
          .string()
          .optional()
          .describe('Path of a kubeconfig; else KUBECONFIG, ~/.kube/config or the pod’s own account.'),
        context: z.string().optional().describe('Context of the kubeconfig; its current one by default.'),
        actAs: actAsSchema
          .optional()
          .describe(
            'As whom the console changes policies for the local administrator: {user, groups} to impersonate, or own: the kubeconfig’s own account, on loopback only. Without it nothing is changed.',
          ),
        ...identitySettings,
      })
      .prefault({}),
    discovery: flag
      .default(true)
      .describe('Whether sources may be found in the cluster by their Services and pods, where none is configured.'),
    sources: z
      .array(z.looseObject({ type: z.string() }))
      .default([])
      .describe('Telemetry sources; the fields of each are those of its type.'),
    teams: teamsSchema,
    auth: authSchema,
    teamLabels: z
      .array(z.string())
      .default(['oriel.dev/team', 'team', 'app.kubernetes.io/team'])
      .describe(
        'Labels of a namespace whose value is its team, where no team of the list has it; the first that is there.',
      ),
    flows: z
      .strictObject({
        maxPerSecond: z.coerce
          .number()
          .int()
          .min(0)
          .default(2_000)
          .describe('Raw records kept for each second of each source; all are counted, denied ones are always kept.'),
        maxEdges: z.coerce
          .number()
          .int()
          .min(100)
          .default(50_000)
          .describe('Edges per flush and source; what is beyond is counted together as “other”.'),
      })
      .prefault({}),
    links: z
      .strictObject({
        maxAge: lasting('90d; leave it out to keep links for ever, or set links.maxMegabytes to 0 for no frozen ones')
          .optional()
          .describe('How long a shared link may be kept at most; without it also for ever.'),
        maxMegabytes: z.coerce
          .number()
          .int()
          .min(0)
          .max(100_000)
          .default(512)
          .describe('What frozen links may keep together, compressed; 0 turns them off.'),
        public: flag
          .default(false)
          .describe('Whether frozen links are shown to who is not logged in. What they keep is what their maker saw.'),
      })
      .prefault({}),
    health: healthRulesSchema,
    linkTemplates: z
      .array(
        z.strictObject({
          title: z.string().min(1).max(40).describe('What the link is called on the page of a service.'),
          url: z
            .string()
            .max(2_000)
            .superRefine((url, context) => {
              const message = linkProblem(url)
              if (message !== null) context.addIssue({ code: 'custom', message })
            })
            .describe(
              'Address with placeholders such as {namespace}, {name}, {from}, {to}; with {traceId}: of a trace.',
            ),
        }),
      )
      .max(20)
      .default([])
      .describe('Links from the page of a service to other tools.'),
    retention: z
      .strictObject({
        '10s': duration.prefault('2h'),
        '1m': duration.prefault('48h'),
        '5m': duration.prefault('14d'),
        '1h': duration.prefault('400d'),
        flows: duration.prefault('6h'),
        denied: duration.prefault('72h'),
        audit: duration
          .refine((ms) => ms >= leastAuditMs, 'keep the audit for at least 7d')
          .prefault('400d')
          .describe('How long the audit is kept; 400 days without, 7 at least.'),
      })
      .prefault({}),
  })
  .check(tellsProvidersApart)
  .check(actsOnLoopback)

export type Config = z.infer<typeof configSchema>

/** Environment variables and the setting that each one is. */
const variables: Readonly<Record<string, readonly string[]>> = {
  ORIEL_CLUSTER: ['cluster'],
  ORIEL_STATE_DIR: ['stateDir'],
  ORIEL_HOST: ['web', 'host'],
  PORT: ['web', 'port'],
  ORIEL_PORT: ['web', 'port'],
  ORIEL_URL: ['web', 'url'],
  ORIEL_AUTH_SECRET: ['auth', 'secret'],
  ORIEL_METRICS_HOST: ['metrics', 'host'],
  ORIEL_METRICS_PORT: ['metrics', 'webPort'],
  ORIEL_COLLECTOR_METRICS_PORT: ['metrics', 'collectorPort'],
  DATABASE_URL: ['database', 'url'],
  ORIEL_DATABASE_URL: ['database', 'url'],
  ORIEL_DATABASE_CONNECTIONS: ['database', 'connections'],
  ORIEL_KUBECONFIG: ['kubernetes', 'kubeconfig'],
  ORIEL_KUBE_CONTEXT: ['kubernetes', 'context'],
  ORIEL_KUBERNETES: ['kubernetes', 'enabled'],
  ORIEL_ACT_AS: ['kubernetes', 'actAs'],
  ORIEL_DISCOVERY: ['discovery'],
  ORIEL_FLOWS_PER_SECOND: ['flows', 'maxPerSecond'],
}

type Variables = Readonly<Record<string, string | undefined>>

/** Parses the configuration; throws AppError('invalid') that lists every problem at once. Paths in it are relative to `cwd`. */
export function readConfig(variables: Variables, cwd: string = process.cwd()): Config {
  const file = variables.ORIEL_CONFIG
  const raw = file ? readConfigFile(resolve(cwd, file)) : {}
  const merged = withVariables(raw, variables)
  const parsed = configSchema.safeParse(merged)
  if (!parsed.success) throw new AppError('invalid', `The configuration has problems:\n${problems(parsed.error)}`)
  return { ...parsed.data, stateDir: resolve(cwd, parsed.data.stateDir) }
}

let current: Config | undefined

/** The configuration of this process, read once. */
export const env = (): Config => (current ??= readConfig(process.env))

function readConfigFile(path: string): Record<string, unknown> {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (thrown) {
    throw new AppError('invalid', `Cannot read the configuration file ${path}: ${toError(thrown).message}`)
  }
  try {
    const value: unknown = parseYaml(text, { maxAliasCount: 0 }) ?? {}
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  } catch (thrown) {
    throw new AppError('invalid', `${path} is not valid YAML: ${toError(thrown).message}`)
  }
  throw new AppError('invalid', `${path} must hold a mapping of settings, for example "web: {port: 8080}".`)
}

function withVariables(raw: Record<string, unknown>, values: Variables): Record<string, unknown> {
  const merged = structuredClone(raw)
  for (const [name, [first = '', second]] of Object.entries(variables)) {
    const value = values[name]
    if (value === undefined || value === '') continue
    if (!second) merged[first] = value
    else merged[first] = { ...(merged[first] as object | undefined), [second]: value }
  }
  const added = Object.entries(sourceVariables).flatMap(([name, sourcesOf]) => sourcesOf(listOf(values[name])))
  if (added.length > 0) merged.sources = [...(Array.isArray(merged.sources) ? merged.sources : []), ...added]
  return merged
}

const listOf = (text = ''): string[] =>
  text
    .split(',')
    .map((value) => value.trim())
    .filter((value) => value !== '')

type NamedSource = { readonly type: string; readonly [field: string]: string }
const each =
  (type: string, field: string) =>
  (values: readonly string[]): NamedSource[] =>
    values.map((value) => ({ type, [field]: value }))

/** Variables that add sources; whatever else a source can be told stands in the file. */
const sourceVariables: Readonly<Record<string, (values: readonly string[]) => readonly NamedSource[]>> = {
  ORIEL_HUBBLE: each('hubble', 'address'),
  ORIEL_GOLDMANE: each('goldmane', 'address'),
  ORIEL_PROMETHEUS: each('prometheus', 'url'),
  ORIEL_ALS: each('als', 'listen'),
  ORIEL_OTLP: ([grpc, http = 'off']) => (grpc === undefined ? [] : [{ type: 'otlp', grpc, http }]),
}

const problems = (error: z.ZodError) =>
  error.issues.map((issue) => `  ${issue.path.join('.') || '(top)'}: ${issue.message}`).join('\n')
