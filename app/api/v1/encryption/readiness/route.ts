import { route } from '@/server/http'
import { encryptionReadinessView } from '@/server/views/encryption-readiness'

export const GET = route(encryptionReadinessView)
