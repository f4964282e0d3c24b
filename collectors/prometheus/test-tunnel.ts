import { execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** For tests: two machines (network namespaces) with a WireGuard tunnel between them, of the kernel or of wireguard-go. */
export type Tunnel = {
  readonly keys: readonly [string, string]
  readonly names: readonly [string, string]
  /** What `wg show all dump` prints on a machine. */
  dump(machine: 0 | 1): string
  /** Sends so many bytes through the tunnel from the first machine to the second, and resolves when they are there. */
  send(bytes: number): Promise<void>
  /** Bytes that the wire between the machines carried from the first to the second. */
  wireBytes(): number
  stop(): void
}

const run = (command: string, ...args: string[]): string =>
  execFileSync(command, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

/** Why there can be no tunnel here; null where there can. */
export function tunnelObstacle(): string | null {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'a tunnel between network namespaces needs root'
  try {
    run('ip', '-V')
    run('wg', '--version')
  } catch {
    return 'ip and wg (Debian: iproute2, wireguard-tools) are not here'
  }
  try {
    run('ip', 'netns', 'add', 'oriel-probe')
    run('ip', 'netns', 'del', 'oriel-probe')
  } catch {
    return 'network namespaces are not allowed here'
  }
  return withKernel() || withProgram() ? null : 'neither the kernel nor wireguard-go speaks WireGuard here'
}

function withKernel(): boolean {
  try {
    run('ip', 'link', 'add', 'orielprobe', 'type', 'wireguard')
    run('ip', 'link', 'del', 'orielprobe')
    return true
  } catch {
    return false
  }
}

function withProgram(): boolean {
  try {
    run('wireguard-go', '--version')
    return true
  } catch {
    return false
  }
}

const script = {
  receive: `const s=require('node:net').createServer(c=>{let n=0;c.on('data',d=>{n+=d.length});c.on('end',()=>c.end(String(n)))});s.listen(9000,'10.77.1.2',()=>console.log('ready'))`,
  send: `const c=require('node:net').connect(9000,'10.77.1.2',()=>c.end(Buffer.alloc(Number(process.argv[1]),'plain text ')));c.on('data',d=>process.stdout.write(d))`,
}

/** Machines `oriel-…-0` and `-1`; everything goes with `stop`. */
export async function startTunnel(): Promise<Tunnel> {
  const folder = mkdtempSync(join(tmpdir(), 'oriel-tunnel-'))
  const id = String(process.pid)
  const names = [`oriel-${id}-0`, `oriel-${id}-1`] as const
  const stops: (() => void)[] = [() => rmSync(folder, { recursive: true, force: true })]
  const quietly = (command: string, ...args: string[]) => {
    try {
      run(command, ...args)
    } catch {
      // It is gone already.
    }
  }
  const kernel = withKernel()
  const keys = names.map((name) => {
    const key = run('wg', 'genkey')
    writeFileSync(join(folder, name), key, { mode: 0o600 })
    return execFileSync('wg', ['pubkey'], { input: key, encoding: 'utf8' }).trim()
  })
  const [first = '', second = ''] = keys
  const stop = () => {
    for (const each of stops.toReversed()) each()
  }
  try {
    for (const name of names) {
      run('ip', 'netns', 'add', name)
      stops.push(() => quietly('ip', 'netns', 'del', name))
    }
    run('ip', 'link', 'add', 'wire', 'netns', names[0], 'type', 'veth', 'peer', 'name', 'wire', 'netns', names[1])
    for (const [i, name] of names.entries()) {
      const [own, other] = [`192.168.77.${i + 1}`, `192.168.77.${2 - i}`]
      // wireguard-go names its control socket by the interface, for all namespaces.
      const device = `wg${i}p${id}`.slice(0, 15)
      const inside = (...args: string[]) => run('ip', '-n', name, ...args)
      inside('addr', 'add', `${own}/24`, 'dev', 'wire')
      inside('link', 'set', 'wire', 'up')
      inside('link', 'set', 'lo', 'up')
      if (kernel) inside('link', 'add', device, 'type', 'wireguard')
      else {
        const program = spawn('ip', ['netns', 'exec', name, 'wireguard-go', '-f', device], {
          stdio: 'ignore',
          env: { ...process.env, WG_I_PREFER_BUGGY_USERSPACE_TO_POLISHED_KMOD: '1' },
        })
        stops.push(() => program.kill())
        await deviceOf(name, device)
      }
      const peer = ['peer', keys[1 - i] ?? '', 'endpoint', `${other}:51820`, 'allowed-ips', `10.77.1.${2 - i}/32`]
      const key = ['private-key', join(folder, name), 'listen-port', '51820']
      run('ip', 'netns', 'exec', name, 'wg', 'set', device, ...key, ...peer)
      inside('addr', 'add', `10.77.1.${i + 1}/24`, 'dev', device)
      inside('link', 'set', device, 'up')
    }
    const receiver = spawn('ip', ['netns', 'exec', names[1], process.execPath, '-e', script.receive])
    stops.push(() => receiver.kill())
    await new Promise<void>((resolve, reject) => {
      receiver.stdout.once('data', () => resolve())
      receiver.once('error', reject)
      receiver.once('exit', () => reject(new Error('the receiver ended')))
    })
  } catch (thrown) {
    stop()
    throw thrown
  }
  return {
    keys: [first, second],
    names,
    // Sockets of wireguard-go are seen from every namespace; a machine tells of its own alone.
    dump: (machine) =>
      run('ip', 'netns', 'exec', names[machine], 'wg', 'show', 'all', 'dump')
        .split('\n')
        .filter((line) => line.startsWith(`wg${machine}p`))
        .join('\n'),
    async send(bytes) {
      const got = run('ip', 'netns', 'exec', names[0], process.execPath, '-e', script.send, String(bytes))
      if (Number(got) !== bytes) throw new Error(`${got} of ${bytes} bytes came through the tunnel`)
    },
    wireBytes: () => {
      const path = '/sys/class/net/wire/statistics/tx_bytes'
      return Number(run('ip', 'netns', 'exec', names[0], 'cat', path))
    },
    stop,
  }
}

async function deviceOf(name: string, device: string): Promise<void> {
  for (let i = 0; i < 100; i++) {
    try {
      run('ip', 'netns', 'exec', name, 'wg', 'show', device)
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  throw new Error(`${device} did not come up`)
}
