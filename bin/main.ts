import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { AppError } from '@/server/errors'
import { endWith, sayError } from './end'
import { addPolicyCommands } from './policy/command'
import { unknownCommand } from './unknown-command'

// A command speaks to people; the roles that `start` runs log to files, at info.
process.env.ORIEL_LOG ??= 'warn'

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }

const program = new Command('oriel')
  .description('One pane of glass for the service traffic of Kubernetes clusters')
  .version(version)
  .showHelpAfterError('(oriel --help lists the commands)')
  .enablePositionalOptions()

const settings = (command: Command) =>
  command
    .option('--config <file>', 'configuration file (YAML)')
    .option('--state-dir <dir>', 'folder of the embedded database and logs (default .oriel)')

settings(program.command('start', { isDefault: true }))
  .description('start everything: database, collector, web; a demo cluster where there is no kubeconfig')
  .option('--port <port>', 'port of the console (default 3000)')
  .option('--host <host>', 'address to listen on (default 127.0.0.1)')
  .option('--kubeconfig <file>', 'cluster to watch')
  .option('--context <name>', 'context of the kubeconfig')
  .option('--hubble <address...>', 'address of Hubble Relay, for example localhost:4245')
  .option('--goldmane <address...>', 'address of Calico Goldmane, for example localhost:7443')
  .option('--prometheus <url...>', 'a Prometheus-compatible server, for example http://localhost:9090')
  .option('--als <listen...>', 'listen for Envoy access logs at host:port')
  .option('--otlp <listen...>', 'listen for OTLP traces at host:port over gRPC and, as a second value, over HTTP')
  .option('--demo', 'show the demo cluster even where a kubeconfig exists')
  .option('--no-demo', 'never start the demo cluster')
  .action(async (options) => (await import('./start')).start(options))

settings(program.command('web'))
  .description('run the console alone')
  .action(async (options) => (await import('./roles')).web(options))
settings(program.command('collect'))
  .description('run the collector alone')
  .action(async (options) => (await import('./roles')).collect(options))
settings(program.command('migrate'))
  .description('bring the database up to date')
  .action(async (options) => endWith((await import('./roles')).migrateDatabase(options)))
program
  .command('build')
  .description('build the console for production')
  .action(async () => {
    const { buildRoles, buildWeb } = await import('./build')
    await buildRoles()
    await buildWeb()
  })

settings(program.command('login-link'))
  .description('print an address that logs a browser in as the local administrator, once')
  .option('--port <port>', 'port of the console, where it is not the configured one')
  .action(async (options) => endWith((await import('./login-link')).printLoginLink(options)))

settings(program.command('import'))
  .description('load recorded flows as a recording, which is kept until it is deleted')
  .argument('<type>', 'what the files hold: hubble, goldmane, als, otlp, zipkin or prometheus-text')
  .argument(
    '<files...>',
    'files as JSON lines (exposition text for prometheus-text), plain or gzip; - reads standard input',
  )
  .option('--name <name>', 'name of the recording (default: the first file’s name)')
  .option('--cluster <name>', 'cluster to count flows under that name none', 'default')
  .action(async (type, files, options) => endWith((await import('./import')).importFiles(type, files, options)))

const recordings = program.command('recordings').description('list and delete recordings')
settings(recordings.command('list')).action(async (options) =>
  endWith((await import('./import')).listRecordings(options)),
)
settings(recordings.command('delete'))
  .argument('<name>')
  .action(async (name, options) => endWith((await import('./import')).deleteRecording(name, options)))

const token = program.command('token').description('tokens for programs that ask the API')
settings(token.command('create'))
  .description('print a token of the local administrator, once; revoke it in Settings')
  .requiredOption('--name <text>', 'what it is for')
  .option('--role <role>', 'viewer, editor or admin', 'viewer')
  .option('--teams <team...>', 'teams that it is for; all without')
  .option('--days <n>', 'how long it lasts, at most 365', '90')
  .action(async (options) => endWith((await import('./token')).createToken(options)))
settings(token.command('list'))
  .description('list tokens, without what they are')
  .action(async (options) => endWith((await import('./token')).listTokens(options)))

addPolicyCommands(program)

program
  .command('demo')
  .description('run the demo cluster alone, also as a load generator')
  .option('--seed <n>', 'the same seed gives the same company', '1')
  .option('--workloads <n>', 'this many workloads instead of the demo company')
  .option('--rate <n>', 'flow events per second')
  .option('--kubernetes-port <port>')
  .option('--hubble-port <port>')
  .option('--goldmane-port <port>')
  .option('--prometheus-port <port>')
  .option('--als-to <address>', 'send Envoy access logs to host:port')
  .option('--otlp-to <address>', 'send traces to host:port (gRPC) or http://host:port')
  .option('--state-dir <dir>', 'where the kubeconfig is written', '.oriel/demo')
  .action(async (options) => (await import('./demo')).demo(options))

const config = program.command('config').description('the configuration')
settings(config.command('validate'))
  .description('check it and say every problem')
  .action(async (options) => (await import('./config')).validate(options))
config
  .command('schema')
  .description('print every setting as JSON Schema')
  .action(async () => (await import('./config')).printSchema())

program
  .command('bench')
  .description('measure the hot paths')
  .argument('[names...]', 'which; all without')
  .action(async (names) => (await import('./bench/main')).bench(names))

// Commander would take it for an argument of `start`.
const unknown = unknownCommand(process.argv.slice(2), [...program.commands.map((command) => command.name()), 'help'])

try {
  if (unknown !== null) throw new AppError('invalid', unknown)
  await program.parseAsync()
} catch (thrown) {
  sayError(thrown)
  process.exitCode = 1
}
