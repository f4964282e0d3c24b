import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Writes a kubeconfig for the server, readable by its owner alone. Returns its path. */
export async function writeKubeconfig(
  stateDir: string,
  cluster: string,
  server: string,
  token: string,
): Promise<string> {
  await mkdir(stateDir, { recursive: true })
  const file = join(stateDir, 'kubeconfig')
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': cluster,
    // The official client wants this said before it talks to a plaintext server.
    clusters: [{ name: cluster, cluster: { server, 'insecure-skip-tls-verify': true } }],
    users: [{ name: 'oriel', user: { token } }],
    contexts: [{ name: cluster, context: { cluster, user: 'oriel' } }],
  }
  await writeFile(file, `${JSON.stringify(config, null, 2)}\n`, { mode: 0o600 })
  return file
}
