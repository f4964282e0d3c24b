import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { Config } from '@/server/env'
import { hasKubernetes } from '@/server/kubernetes/client'
import { checkReach } from '@/server/reach'
import { buildRoles, buildWeb, root } from './build'
import { checkConfig } from './check-config'
import { type Child, type ChildOptions, startChild } from './child'
import { openDatabase } from './database'
import type { DemoAddresses } from './demo-child'
import { checkListen } from './listen-check'
import { firstLogin } from './login-link'
import { makeStateDir } from './state-dir'
import { applySettings, type SettingOptions } from './settings'
import { step } from './steps'

export type StartOptions = SettingOptions & { readonly demo?: boolean }

/** Runs all roles in one process tree until Ctrl-C or SIGTERM; then ends them in order, the database last. */
export async function start(options: StartOptions): Promise<void> {
  const config = applySettings(options)
  checkReach(config)
  if (!showsDemo(config, options)) checkConfig(config)
  await checkListen(config.web)
  const running: { stop(): Promise<void> }[] = []
  const stop = onceStopped(running)
  makeStateDir(config.stateDir)
  console.error(`Oriel keeps its state in ${config.stateDir}`)
  try {
    const [database, { roles, web }] = await Promise.all([
      openDatabase(config).then((opened) => {
        running.unshift(opened)
        return opened
      }),
      step('Building', async () => ({ roles: await buildRoles(), web: await buildWeb() })),
    ])
    const variables: Record<string, string> = {
      ORIEL_DATABASE_URL: database.url,
      ORIEL_NEXT_DIST: web,
      ORIEL_COLLECTOR: randomUUID(),
    }
    const child = (name: string, file: string, more: Partial<ChildOptions> = {}) => {
      const begin = () => startChild({ name, file, variables, logDir: join(config.stateDir, 'logs'), onExit, ...more })
      let wasReady = false
      const onExit = (_: string, code: number | null) => wasReady && keepAlive(name, code, begin, running)
      const started = begin()
      running.unshift(started)
      started.ready.then(
        () => (wasReady = true),
        () => {},
      )
      return started.ready
    }
    const demo = await startDemo(config, options, variables, (args) =>
      child('demo', `${roles}/demo-child.mjs`, { args }),
    )
    await step('Starting collector and web', () =>
      Promise.all([
        child('collector', `${roles}/collect.mjs`),
        child('web', `${roles}/web.mjs`, {
          variables: { ...variables, ORIEL_ANSWERS: join(root, roles, 'answers.mjs') },
        }),
      ]),
    )
    const login = await firstLogin(config, database.url)
    console.error(
      `\n  Oriel is ready:  ${login}\n  ${subject(config, demo)}\n  Ctrl-C stops everything; nothing is lost.\n`,
    )
  } catch (thrown) {
    await stop()
    throw thrown
  }
}

/** Starts the demo cluster where no cluster is named, and points the collector at it. Returns whether it did. */
async function startDemo(
  config: Config,
  options: StartOptions,
  variables: Record<string, string>,
  begin: (args: readonly string[]) => Promise<unknown>,
): Promise<boolean> {
  if (!showsDemo(config, options)) return false
  const args = ['--state-dir', join(config.stateDir, 'demo')]
  const ready = await step('Starting the demo cluster', () => begin(args))
  const { kubeconfig, hubble, goldmane, prometheus, als, otlp, actAs } = ready as DemoAddresses
  Object.assign(variables, {
    ORIEL_KUBECONFIG: kubeconfig,
    ORIEL_KUBE_CONTEXT: '',
    ORIEL_HUBBLE: hubble,
    ORIEL_GOLDMANE: goldmane,
    ORIEL_PROMETHEUS: prometheus,
    ORIEL_ALS: als,
    ORIEL_OTLP: otlp,
    ORIEL_ACT_AS: process.env.ORIEL_ACT_AS || actAs,
  })
  return true
}

const showsDemo = (config: Config, { demo }: StartOptions): boolean => demo ?? !hasCluster(config)

const hasCluster = (config: Config): boolean => config.sources.length > 0 || hasKubernetes(config.kubernetes)

const subject = (config: Config, demo: boolean) =>
  demo
    ? 'It shows the demo cluster; npm start -- --kubeconfig FILE --hubble ADDRESS watches yours.'
    : `It watches ${config.cluster ?? 'the cluster of your kubeconfig'}.`

/** A role that ends unasked is started again, a little later each time it does so in quick succession. */
function keepAlive(name: string, code: number | null, begin: () => Child, running: { stop(): Promise<void> }[]): void {
  const recent = (restarts.get(name) ?? []).filter((at) => Date.now() - at < 60_000)
  restarts.set(name, [...recent, Date.now()])
  const waitMs = Math.min(30_000, 500 * 2 ** recent.length)
  console.error(`The ${name} ended with code ${code ?? 'none'}; starting it again in ${waitMs / 1000} s.`)
  setTimeout(() => {
    if (!stopping) running.unshift(begin())
  }, waitMs)
}
const restarts = new Map<string, number[]>()
let stopping = false

/** One signal to a process group arrives twice: by itself and passed on by the parent. */
const sameSignalMs = 1_000

/** Ends everything newest first, once, at the first signal; a later one ends at once. */
function onceStopped(running: readonly { stop(): Promise<void> }[]): () => Promise<void> {
  let stopped: Promise<void> | undefined
  const stop = () =>
    (stopped ??= (async () => {
      stopping = true
      for (const part of running) await part.stop().catch((thrown: unknown) => console.error(String(thrown)))
    })())
  let signalledAt: number | null = null
  const onSignal = () => {
    if (signalledAt !== null && Date.now() - signalledAt < sameSignalMs) return
    if (stopping) process.exit(130)
    signalledAt = Date.now()
    console.error('\nStopping: writing what was read, then ending web, collector and database …')
    void stop().then(() => {
      console.error('Stopped.')
      process.exit(0)
    })
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal)
  return stop
}
