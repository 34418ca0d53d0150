output "cluster_name" {
  description = "for `aws eks update-kubeconfig --name`"
  value       = module.cluster.name
}

output "database_host" {
  description = "of DATABASE_URL"
  value       = module.database.host
}

output "database_secret_arn" {
  description = "where the administrator's password is kept; deploy/postgres/roles.sh is run with it once"
  value       = module.database.secret_arn
}

output "redis_host" {
  description = "of REDIS_URL, with rediss:// and the password"
  value       = module.cache.host
}

output "bucket" {
  description = "S3_BUCKET"
  value       = module.storage.bucket
}

output "backup_bucket" {
  description = "BACKUP_BUCKET of the daily dump"
  value       = module.storage.backup_bucket
}

output "certificate_arn" {
  description = "of the load balancer"
  value       = module.dns.certificate_arn
}
