import { runDemo } from '@/demo/main'
import { AppError } from '@/server/errors'

export type DemoCommand = {
  readonly seed: string
  readonly workloads?: string
  readonly rate?: string
  readonly kubernetesPort?: string
  readonly hubblePort?: string
  readonly goldmanePort?: string
  readonly prometheusPort?: string
  readonly alsTo?: string
  readonly otlpTo?: string
  readonly stateDir: string
}

/** Runs the demo cluster until a signal; prints its addresses as one line of JSON. */
export async function demo(options: DemoCommand): Promise<void> {
  const { kubeconfig, hubble, goldmane, prometheus, control, cluster, stop } = await runDemo({
    seed: whole('seed', options.seed) ?? 1,
    workloads: whole('workloads', options.workloads),
    rate: whole('rate', options.rate),
    kubernetesPort: whole('kubernetes-port', options.kubernetesPort),
    hubblePort: whole('hubble-port', options.hubblePort),
    goldmanePort: whole('goldmane-port', options.goldmanePort),
    prometheusPort: whole('prometheus-port', options.prometheusPort),
    alsTo: options.alsTo,
    otlpTo: options.otlpTo,
    stateDir: options.stateDir,
  })
  console.log(JSON.stringify({ cluster, kubeconfig, hubble, goldmane, prometheus, control }))
  const more = [
    goldmane && ` --goldmane ${goldmane}`,
    prometheus && ` --prometheus ${prometheus}`,
    options.alsTo && ` --als ${options.alsTo}`,
    options.otlpTo && ` --otlp ${options.otlpTo}`,
  ]
  const flags = more.filter(Boolean).join('')
  console.error(`Watch it with:  npm start -- --kubeconfig ${kubeconfig} --hubble ${hubble}${flags}`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop().then(() => process.exit(0)))
}

function whole(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^\d+$/.test(text)) return Number(text)
  throw new AppError('invalid', `--${name} wants a whole number, not “${text}”.`)
}
