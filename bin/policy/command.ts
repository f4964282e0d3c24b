import { type Command, InvalidArgumentError, Option } from 'commander'
import { protocols } from '@/core/policy/ports'
import { profiles } from '@/core/policy/profile'
import { sayError } from '../end'
import type { ConnectionsOptions } from './connections'
import type { DiffOptions } from './diff'
import type { EvaluateOptions } from './evaluate'
import type { ExplainOptions } from './explain'
import type { LintOptions } from './lint'
import type { SuggestCommandOptions } from './suggest'
import { ownTerminal, type Terminal } from './terminal'

/** Of a command line that makes no sense, whatever the files hold. */
const wrongUse = 2

const exitCodes = `
Exit codes: 0 done, 1 what was read is refused (nothing is printed but why), 2 the command line is wrong.`

/** `oriel policy …`: questions about manifests, without a cluster or a database. */
export function addPolicyCommands(program: Command): void {
  const policy = program
    .command('policy')
    .description('answer what network and mesh policies do, out of manifests; needs no cluster')
    .showHelpAfterError('(--help tells how it is called)')
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : wrongUse))

  judging(files(policy.command('connections')))
    .description('list what policies let pass between workloads, and between them and the world outside')
    .addOption(output('txt', 'json', 'csv'))
    .addHelpText(
      'after',
      `
A line for each pair between which something may pass. "open" is what is neither surely allowed nor surely denied.
${exitCodes}

Example:
  $ oriel policy connections -f manifests/ -o json | jq '.[] | select(.to == "shop/db[StatefulSet]")'`,
    )
    .action(async (options: ConnectionsOptions) =>
      endAs(async (terminal) => (await import('./connections')).connectionsCommand(options, terminal)),
    )

  judging(files(policy.command('evaluate')))
    .description('say of each flow whether policies allow it, and which of them decides')
    .requiredOption('--flows <file>', 'flows as JSON lines; - reads standard input')
    .addHelpText(
      'after',
      `
A flow is {"from": {"pod": "shop/web"}, "to": {"ip": "192.0.2.7"}, "protocol": "TCP", "port": 443}. A pod may be named by
its workload; a port by its number or name. The answers are JSON lines in the same order: {"verdict", "egress",
"ingress", "reason"}. A line that is no flow ends it: what comes before is answered, nothing after.

Exit codes: 0 all flows are answered, whatever the verdicts; 1 manifests or a line are refused; 2 the command line is
wrong.

Example:
  $ oriel policy evaluate -f manifests/ --flows flows.jsonl | grep -v '^{"verdict":"allowed"'`,
    )
    .action(async (options: EvaluateOptions, command: Command) => {
      if (options.flows === '-' && options.file.includes('-'))
        command.error('error: standard input cannot be both manifests and flows')
      await endAs(async (terminal) => (await import('./evaluate')).evaluateCommand(options, terminal))
    })

  judging(policy.command('diff'))
    .description('say what a change of manifests allows, denies and leaves open')
    .argument('<old>', 'file or folder of manifests before the change; - reads standard input')
    .argument('<new>', 'the same after it')
    .addOption(output('txt', 'json', 'csv'))
    .option('--exit-code', 'end with 1 where the connections differ')
    .addHelpText(
      'after',
      `
Exit codes: 0 done; 1 what was read is refused; 2 the command line is wrong. With --exit-code: 0 the same connections
are possible, 1 they differ, 2 anything is wrong.

Example:
  $ oriel policy diff before/ after/ --exit-code`,
    )
    .action(async (old: string, now: string, options: DiffOptions, command: Command) => {
      if (old === '-' && now === '-') command.error('error: standard input cannot be both sides')
      const refused = options.exitCode === true ? wrongUse : 1
      await endAs(async (terminal) => (await import('./diff')).diffCommand(old, now, options, terminal), refused)
    })

  judging(files(policy.command('lint')))
    .description('find what is wrong with policies, or likely not meant so')
    .addOption(output('txt', 'json'))
    .option('--strict', 'end with 1 for warnings too')
    .addHelpText(
      'after',
      `
What depends on pods is said of those in the manifests. A finding has a severity: error, warning or info.

Exit codes: 0 no finding is an error; 1 one is, or with --strict a warning, or what was read is refused; 2 the command
line is wrong.

Example:
  $ oriel policy lint -f manifests/ --strict`,
    )
    .action(async (options: LintOptions) =>
      endAs(async (terminal) => (await import('./lint')).lintCommand(options, terminal)),
    )

  judging(files(policy.command('suggest')))
    .description('suggest policies of least privilege out of recorded flows')
    .requiredOption('--flows <file>', 'flows as JSON lines, as for evaluate; - reads standard input')
    .addOption(new Option('--for <workload>', 'only of this workload, as namespace/name').conflicts('namespace'))
    .option('--namespace <name>', 'only of workloads in this namespace')
    .addOption(
      new Option('--per <subject>', 'a policy for each').choices(['workload', 'namespace']).default('workload'),
    )
    .addOption(
      new Option('--format <kind>', 'of the policies')
        .choices(['networkpolicy', 'cilium', 'calico', 'istio'])
        .default('networkpolicy'),
    )
    .addHelpText(
      'after',
      `
A flow may also have "count" (connections), "first" and "last" (times), "reply" (true: it goes back to who opened the
connection), "verdict" (dropped or denied: no rule is made of it) and "dns" (names of the address). Of flows that rules
allow already nothing is suggested. Standard error says what no rule was made of. Read the comments before you apply.
${exitCodes}

Example:
  $ oriel policy suggest -f manifests/ --flows flows.jsonl --for shop/db > db-policy.yaml`,
    )
    .action(async (options: SuggestCommandOptions, command: Command) => {
      if (options.flows === '-' && options.file.includes('-'))
        command.error('error: standard input cannot be both manifests and flows')
      await endAs(async (terminal) => (await import('./suggest')).suggestCommand(options, terminal))
    })

  judging(files(policy.command('explain')))
    .description('explain what decides between two ends, on one port or on all')
    .requiredOption('--from <end>', 'namespace/name of a pod or workload, an address, or internet')
    .requiredOption('--to <end>', 'the same, or namespace/name of a Service')
    .option('--port <port>', 'number or name on the destination; all ports without', parsePort)
    .addOption(new Option('--protocol <protocol>', 'TCP where a port is asked for').choices(protocols))
    .addOption(output('txt', 'json'))
    .addHelpText(
      'after',
      `
"internet" is a public address that no policy tells from most others. Where a pod and its workload have one name, add
the kind: shop/web[Deployment].
${exitCodes}

Example:
  $ oriel policy explain -f manifests/ --from shop/web --to shop/db --port 5432`,
    )
    .action(async (options: ExplainOptions, command: Command) => {
      if (options.port !== undefined && options.protocol?.startsWith('ICMP'))
        command.error(`error: ${options.protocol} has no ports`)
      await endAs(async (terminal) => (await import('./explain')).explainCommand(options, terminal))
    })
}

const files = (command: Command): Command =>
  command.requiredOption(
    '-f, --file <path>',
    'file or folder of manifests (.yaml, .yml, .json), again for more; - reads standard input',
    (path: string, before: readonly string[] | undefined) => [...(before ?? []), path],
  )

const judging = (command: Command): Command =>
  command
    .addOption(
      new Option('--profile <cni>', 'whose habits count where the specification leaves it open')
        .choices(profiles)
        .default('generic'),
    )
    .addOption(
      new Option('--loopback <how>', 'whether policies judge what a pod sends to itself')
        .choices(['policy', 'bypass'])
        .default('bypass'),
    )
    .option('--staged', 'as if staged policies were enforced')
    .option('--trust-domain <name>', 'of the identities in a mesh', 'cluster.local')

const output = (...formats: readonly string[]) =>
  new Option('-o, --output <format>', 'how it is printed').choices(formats).default(formats[0])

function parsePort(text: string): number | string {
  if (!/^\d+$/.test(text)) {
    if (/^(?=.*[a-z])[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(text)) return text
    throw new InvalidArgumentError('It is no port.')
  }
  const port = Number(text)
  if (port < 1 || port > 65_535) throw new InvalidArgumentError('It must be from 1 to 65535.')
  return port
}

/** Runs a command with the process's streams; its exit code becomes the process's. */
async function endAs(run: (terminal: Terminal) => Promise<number>, refused = 1): Promise<void> {
  try {
    process.exitCode = await run(ownTerminal(refused))
  } catch (thrown) {
    sayError(thrown)
    process.exitCode = refused
  }
}
