# A network with public and private subnets in each zone. Only load balancers and the way out stand in public ones.

resource "aws_vpc" "this" {
  cidr_block           = var.cidr
  enable_dns_support   = true
  enable_dns_hostnames = true
  tags                 = { Name = var.name }
}

resource "aws_subnet" "public" {
  for_each          = toset(var.zones)
  vpc_id            = aws_vpc.this.id
  availability_zone = each.value
  cidr_block        = cidrsubnet(var.cidr, 8, index(var.zones, each.value))
  tags              = { Name = "${var.name}-public-${each.value}", "kubernetes.io/role/elb" = "1" }
}

resource "aws_subnet" "private" {
  for_each          = toset(var.zones)
  vpc_id            = aws_vpc.this.id
  availability_zone = each.value
  cidr_block        = cidrsubnet(var.cidr, 4, index(var.zones, each.value) + 1)
  tags              = { Name = "${var.name}-private-${each.value}", "kubernetes.io/role/internal-elb" = "1" }
}

resource "aws_internet_gateway" "this" {
  vpc_id = aws_vpc.this.id
  tags   = { Name = var.name }
}

resource "aws_eip" "out" {
  for_each = toset(var.zones)
  domain   = "vpc"
  tags     = { Name = "${var.name}-${each.value}" }
}

# One way out per zone: with one for all, its zone would be everybody's.
resource "aws_nat_gateway" "out" {
  for_each      = toset(var.zones)
  allocation_id = aws_eip.out[each.value].id
  subnet_id     = aws_subnet.public[each.value].id
  tags          = { Name = "${var.name}-${each.value}" }
  depends_on    = [aws_internet_gateway.this]
}

resource "aws_route_table" "public" {
  vpc_id = aws_vpc.this.id
  route {
    cidr_block = "0.0.0.0/0"
    gateway_id = aws_internet_gateway.this.id
  }
  tags = { Name = "${var.name}-public" }
}

resource "aws_route_table" "private" {
  for_each = toset(var.zones)
  vpc_id   = aws_vpc.this.id
  route {
    cidr_block     = "0.0.0.0/0"
    nat_gateway_id = aws_nat_gateway.out[each.value].id
  }
  tags = { Name = "${var.name}-private-${each.value}" }
}

resource "aws_route_table_association" "public" {
  for_each       = toset(var.zones)
  subnet_id      = aws_subnet.public[each.value].id
  route_table_id = aws_route_table.public.id
}

resource "aws_route_table_association" "private" {
  for_each       = toset(var.zones)
  subnet_id      = aws_subnet.private[each.value].id
  route_table_id = aws_route_table.private[each.value].id
}

variable "name" {
  type = string
}

variable "cidr" {
  type = string
}

variable "zones" {
  type = list(string)
}

output "vpc_id" {
  value = aws_vpc.this.id
}

output "private_subnet_ids" {
  value = [for zone in var.zones : aws_subnet.private[zone].id]
}
