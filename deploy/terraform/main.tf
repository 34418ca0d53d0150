# One environment of SGD on AWS. Each part is a folder of its own; this file only joins them.

terraform {
  required_version = ">= 1.9"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.80"
    }
  }
  backend "s3" {
    encrypt = true
  }
}

provider "aws" {
  region = var.region
  default_tags {
    tags = local.tags
  }
}

# Where copies of the backups lie, so that a region that is gone does not take them along.
provider "aws" {
  alias  = "elsewhere"
  region = var.backup_region
  default_tags {
    tags = local.tags
  }
}

locals {
  name = "sgd-${var.environment}"
  tags = { project = "sgd", environment = var.environment, managed = "terraform" }
}

module "network" {
  source = "./network"
  name   = local.name
  cidr   = var.cidr
  zones  = var.zones
}

module "cluster" {
  source     = "./cluster"
  name       = local.name
  subnet_ids = module.network.private_subnet_ids
  node_type  = var.node_type
  nodes      = var.nodes
  admins     = var.cluster_admin_cidrs
}

module "database" {
  source           = "./database"
  name             = local.name
  vpc_id           = module.network.vpc_id
  subnet_ids       = module.network.private_subnet_ids
  client_group_id  = module.cluster.security_group_id
  instance_class   = var.database_class
  storage_gb       = var.database_storage_gb
  has_read_replica = var.has_read_replica
  is_production    = var.environment == "prod"
}

module "cache" {
  source          = "./cache"
  name            = local.name
  vpc_id          = module.network.vpc_id
  subnet_ids      = module.network.private_subnet_ids
  client_group_id = module.cluster.security_group_id
  node_type       = var.cache_node_type
  auth_token      = var.cache_auth_token
}

module "storage" {
  source = "./storage"
  name   = local.name
  providers = {
    aws           = aws
    aws.elsewhere = aws.elsewhere
  }
}

module "dns" {
  source   = "./dns"
  zone     = var.dns_zone
  host     = var.host
  target   = var.load_balancer_host
  has_name = var.load_balancer_host != ""
}
