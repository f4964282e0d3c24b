import { env, type Config } from '@/server/env'

/** Options that commands share; each stands for an environment variable, so that child processes see the same. */
export type SettingOptions = {
  readonly config?: string
  readonly stateDir?: string
  readonly port?: string
  readonly host?: string
  readonly kubeconfig?: string
  readonly context?: string
  readonly hubble?: readonly string[]
  readonly goldmane?: readonly string[]
  readonly prometheus?: readonly string[]
  readonly als?: readonly string[]
  readonly otlp?: readonly string[]
}

const variableOf: Readonly<Record<keyof SettingOptions, string>> = {
  config: 'ORIEL_CONFIG',
  stateDir: 'ORIEL_STATE_DIR',
  port: 'ORIEL_PORT',
  host: 'ORIEL_HOST',
  kubeconfig: 'ORIEL_KUBECONFIG',
  context: 'ORIEL_KUBE_CONTEXT',
  hubble: 'ORIEL_HUBBLE',
  goldmane: 'ORIEL_GOLDMANE',
  prometheus: 'ORIEL_PROMETHEUS',
  als: 'ORIEL_ALS',
  otlp: 'ORIEL_OTLP',
}

/** The configuration with the command's options applied over environment and file. Throws AppError('invalid'). */
export function applySettings(options: SettingOptions): Config {
  for (const [name, variable] of Object.entries(variableOf)) {
    const value = options[name as keyof SettingOptions]
    if (value !== undefined) process.env[variable] = Array.isArray(value) ? value.join(',') : String(value)
  }
  return env()
}
