# The id is made once and kept: a snapshot of an earlier server of this name may still exist, and RDS
# refuses a second one of the same name.
resource "terraform_data" "snapshot" {
}

locals {
  # From this size on gp3 has these numbers and takes no lower ones. Said, because a disk that grows
  # past it would be asked to keep the numbers of the smaller one, which RDS refuses.
  is_wide = var.storage_gb >= 400
}

resource "aws_db_subnet_group" "this" {
  name        = var.name
  description = "Where the database server ${var.name} may run."
  subnet_ids  = var.subnet_ids

  tags = merge(var.tags, { Name = var.name })

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_security_group" "this" {
  # AWS takes no group whose name begins with sg-, as the name of a server may.
  name        = "db-${var.name}"
  description = "Who reaches the database server ${var.name}."
  vpc_id      = var.vpc_id

  # Rules inside the group, so that one added by hand shows as drift.
  ingress = length(var.allowed_security_group_ids) == 0 ? [] : [{
    description      = "PostgreSQL"
    protocol         = "tcp"
    from_port        = 5432
    to_port          = 5432
    cidr_blocks      = []
    ipv6_cidr_blocks = []
    prefix_list_ids  = []
    security_groups  = var.allowed_security_group_ids
    self             = false
  }]

  egress = []

  tags = merge(var.tags, { Name = "${var.name}-db" })

  # AWS deletes no group that the server still has.
  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_db_instance" "this" {
  identifier     = var.name
  engine         = "postgres"
  engine_version = var.engine_version
  instance_class = var.instance_class
  db_name        = "app"

  # RDS makes the password and keeps it in Secrets Manager: neither state nor plan ever holds it.
  username                            = "dbadmin"
  manage_master_user_password         = true
  iam_database_authentication_enabled = true

  allocated_storage  = var.storage_gb
  storage_type       = "gp3"
  iops               = local.is_wide ? 12000 : null
  storage_throughput = local.is_wide ? 500 : null
  storage_encrypted  = true

  db_subnet_group_name   = aws_db_subnet_group.this.name
  vpc_security_group_ids = [aws_security_group.this.id]
  publicly_accessible    = false
  multi_az               = var.multi_az

  backup_retention_period   = var.backup_days
  copy_tags_to_snapshot     = true
  deletion_protection       = var.deletion_protection
  skip_final_snapshot       = false
  final_snapshot_identifier = "${var.name}-final-${substr(terraform_data.snapshot.id, 0, 8)}"

  auto_minor_version_upgrade  = true
  allow_major_version_upgrade = true
  # What people approved happens now, not in some later maintenance window.
  apply_immediately = true

  tags = merge(var.tags, { Name = var.name })
}
