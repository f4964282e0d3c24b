import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import { KubeConfig } from '@kubernetes/client-node'
import { AppError, toError } from '../errors'

export type KubeOptions = {
  /** Path of a kubeconfig; else KUBECONFIG, ~/.kube/config or the pod's own account, in this order. */
  readonly kubeconfig?: string
  readonly context?: string
  /** Name to give the cluster; else that of the context's cluster. */
  readonly cluster?: string
}

/** An API server and how to log in to it. Holds credentials: never log it. */
export type KubeConnection = {
  readonly config: KubeConfig
  /** Base URL without a trailing slash. */
  readonly server: string
  readonly cluster: string
}

type Variables = Readonly<Record<string, string | undefined>>
type Found = { readonly type: 'files'; readonly files: readonly string[] } | { readonly type: 'in-cluster' }

const accountToken = '/var/run/secrets/kubernetes.io/serviceaccount/token'

/** Whether there is a kubeconfig or a pod's account to use; the demo cluster is for where there is neither. */
export const hasKubernetes = (options: KubeOptions, variables: Variables = process.env): boolean =>
  find(options, variables) !== null

/**
 * Reads the configuration of the API server; connects nowhere. Throws AppError('invalid') where it
 * is missing or wrong, saying what to set.
 */
export function loadKubernetes(options: KubeOptions, variables: Variables = process.env): KubeConnection {
  const found = find(options, variables)
  if (!found) {
    throw new AppError(
      'invalid',
      'There is no Kubernetes cluster to read. Pass --kubeconfig FILE, set KUBECONFIG, or run Oriel in a pod with a service account.',
    )
  }
  const config = found.type === 'in-cluster' ? inCluster(variables) : fromFiles(found.files)
  if (options.context) config.setCurrentContext(options.context)
  const context = config.getContextObject(config.getCurrentContext())
  if (!context) throw new AppError('invalid', noContext(config))
  const cluster = config.getCluster(context.cluster)
  if (!cluster?.server) {
    throw new AppError(
      'invalid',
      `The kubeconfig's context "${context.name}" names the cluster "${context.cluster}", which has no server there. Add it under "clusters" or choose another context.`,
    )
  }
  const name = found.type === 'in-cluster' ? '' : context.cluster
  return { config, server: checkServer(config, cluster.server), cluster: options.cluster || name || 'default' }
}

function find(options: KubeOptions, variables: Variables): Found | null {
  if (options.kubeconfig) return { type: 'files', files: [options.kubeconfig] }
  const files = (variables.KUBECONFIG ?? '').split(delimiter).filter(Boolean)
  if (files.length > 0) return { type: 'files', files }
  const own = join(variables.HOME || homedir(), '.kube', 'config')
  if (existsSync(own)) return { type: 'files', files: [own] }
  return variables.KUBERNETES_SERVICE_HOST && existsSync(accountToken) ? { type: 'in-cluster' } : null
}

function fromFiles(files: readonly string[]): KubeConfig {
  const merged = new KubeConfig()
  for (const file of files) {
    try {
      const one = new KubeConfig()
      one.loadFromFile(file)
      merged.mergeConfig(one, Boolean(merged.getCurrentContext()))
    } catch (thrown) {
      const missing = !existsSync(file)
      const problem = missing ? 'there is no such file' : toError(thrown).message.slice(0, 300)
      throw new AppError(
        'invalid',
        `Cannot read the kubeconfig ${file}: ${problem}. Pass a readable one with --kubeconfig or KUBECONFIG.`,
      )
    }
  }
  return merged
}

function inCluster(variables: Variables): KubeConfig {
  const config = new KubeConfig()
  config.loadFromCluster()
  if (!variables.KUBERNETES_SERVICE_PORT) {
    throw new AppError('invalid', 'KUBERNETES_SERVICE_PORT is not set. Set it, or pass --kubeconfig FILE.')
  }
  return config
}

function noContext(config: KubeConfig): string {
  const names = config.getContexts().map((context) => context.name)
  const known = names.length > 0 ? `It has: ${names.join(', ')}.` : 'It has no contexts.'
  const wanted = config.getCurrentContext()
  return wanted
    ? `The kubeconfig has no context "${wanted}". ${known} Choose one with kubernetes.context or ORIEL_KUBE_CONTEXT.`
    : `The kubeconfig has no current context. ${known} Choose one with kubernetes.context or ORIEL_KUBE_CONTEXT.`
}

const loopback = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** Credentials go over plain HTTP to this machine only (kubectl proxy, tests). */
function checkServer(config: KubeConfig, server: string): string {
  let url: URL
  try {
    url = new URL(server)
  } catch {
    throw new AppError('invalid', `The kubeconfig's server "${server}" is not a URL. Write it as https://HOST:PORT.`)
  }
  if (url.protocol === 'http:') {
    if (!loopback.has(url.hostname)) {
      throw new AppError(
        'invalid',
        `The API server ${server} is plain HTTP, which would show the token to the network. Use https.`,
      )
    }
    // The client library wants this said before it speaks HTTP.
    config.clusters = config.clusters.map((cluster) =>
      cluster.server === server ? { ...cluster, skipTLSVerify: true } : cluster,
    )
  }
  return server.replace(/\/+$/, '')
}
