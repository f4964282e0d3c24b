import { runDemo } from '@/demo/main'
import { AppError } from '@/server/errors'

export type DemoCommand = {
  readonly seed: string
  readonly workloads?: string
  readonly rate?: string
  readonly kubernetesPort?: string
  readonly hubblePort?: string
  readonly stateDir: string
}

/** Runs the demo cluster until a signal; prints its addresses as one line of JSON. */
export async function demo(options: DemoCommand): Promise<void> {
  const { kubeconfig, hubble, control, cluster, stop } = await runDemo({
    seed: whole('seed', options.seed) ?? 1,
    workloads: whole('workloads', options.workloads),
    rate: whole('rate', options.rate),
    kubernetesPort: whole('kubernetes-port', options.kubernetesPort),
    hubblePort: whole('hubble-port', options.hubblePort),
    stateDir: options.stateDir,
  })
  console.log(JSON.stringify({ cluster, kubeconfig, hubble, control }))
  console.error(`Watch it with:  npm start -- --kubeconfig ${kubeconfig} --hubble ${hubble}`)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop().then(() => process.exit(0)))
}

function whole(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (/^\d+$/.test(text)) return Number(text)
  throw new AppError('invalid', `--${name} wants a whole number, not “${text}”.`)
}
