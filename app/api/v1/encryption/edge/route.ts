import { route } from '@/server/http'
import { encryptionEdgeView } from '@/server/views/encryption-edge'

export const GET = route(encryptionEdgeView)
