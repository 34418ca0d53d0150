# The name that clients use, its certificate, and a check that asks whether it answers.

data "aws_route53_zone" "this" {
  name = var.zone
}

resource "aws_acm_certificate" "this" {
  domain_name       = var.host
  validation_method = "DNS"
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_route53_record" "validation" {
  for_each = {
    for option in aws_acm_certificate.this.domain_validation_options : option.domain_name => option
  }
  zone_id = data.aws_route53_zone.this.zone_id
  name    = each.value.resource_record_name
  type    = each.value.resource_record_type
  records = [each.value.resource_record_value]
  ttl     = 300
}

resource "aws_acm_certificate_validation" "this" {
  certificate_arn         = aws_acm_certificate.this.arn
  validation_record_fqdns = [for record in aws_route53_record.validation : record.fqdn]
}

resource "aws_route53_record" "host" {
  count   = var.has_name ? 1 : 0
  zone_id = data.aws_route53_zone.this.zone_id
  name    = var.host
  type    = "CNAME"
  records = [var.target]
  ttl     = 60
}

resource "aws_route53_health_check" "host" {
  count             = var.has_name ? 1 : 0
  fqdn              = var.host
  type              = "HTTPS"
  port              = 443
  resource_path     = "/healthz"
  request_interval  = 30
  failure_threshold = 3
}

variable "zone" {
  type = string
}

variable "host" {
  type = string
}

variable "target" {
  type = string
}

variable "has_name" {
  type = bool
}

output "certificate_arn" {
  value = aws_acm_certificate_validation.this.certificate_arn
}
