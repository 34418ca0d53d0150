variable "environment" {
  description = "dev, staging or prod: part of every name"
  type        = string
  validation {
    condition     = contains(["dev", "staging", "prod"], var.environment)
    error_message = "The environment is dev, staging or prod."
  }
}

variable "region" {
  description = "where everything runs"
  type        = string
  default     = "eu-central-1"
}

variable "backup_region" {
  description = "where copies of backups lie"
  type        = string
  default     = "eu-west-1"
}

variable "cidr" {
  description = "addresses of the network; SGD_TRUSTED_PROXIES of deploy/k8s lies in it"
  type        = string
  default     = "10.40.0.0/16"
}

variable "zones" {
  description = "availability zones, two at least"
  type        = list(string)
  default     = ["eu-central-1a", "eu-central-1b", "eu-central-1c"]
  validation {
    condition     = length(var.zones) >= 2
    error_message = "A zone that fails must not take everything along: name two at least."
  }
}

variable "node_type" {
  description = "machines of the cluster"
  type        = string
  default     = "m7i.xlarge"
}

variable "nodes" {
  description = "fewest and most machines"
  type        = object({ min = number, max = number })
  default     = { min = 3, max = 12 }
}

variable "cluster_admin_cidrs" {
  description = "addresses that may reach the cluster's own API"
  type        = list(string)
}

variable "database_class" {
  description = "machine of Postgres"
  type        = string
  default     = "db.m7g.large"
}

variable "database_storage_gb" {
  description = "disk of Postgres at the start; it grows by itself to ten times that"
  type        = number
  default     = 100
}

variable "has_read_replica" {
  description = "one more Postgres for reports; SGD itself reads from the first"
  type        = bool
  default     = false
}

variable "cache_node_type" {
  description = "machine of Redis"
  type        = string
  default     = "cache.m7g.large"
}

variable "cache_auth_token" {
  description = "password of Redis, 16 characters or more"
  type        = string
  sensitive   = true
  validation {
    condition     = length(var.cache_auth_token) >= 16
    error_message = "The password of Redis has 16 characters or more."
  }
}

variable "dns_zone" {
  description = "zone that the name is made in"
  type        = string
}

variable "host" {
  description = "name that clients use"
  type        = string
}

variable "load_balancer_host" {
  description = "name of the gateway's load balancer, known once deploy/k8s was applied; empty: no record yet"
  type        = string
  default     = ""
}
