mock_provider "aws" {
  mock_resource "aws_db_instance" {
    defaults = {
      address            = "shop-db.sim.ap-northeast-2.rds.amazonaws.com"
      port               = 5432
      master_user_secret = [{ secret_arn = "arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:rds!db-1" }]
    }
  }
}

variables {
  name       = "shop-db"
  vpc_id     = "vpc-0a1b2c3d4e5f67890"
  subnet_ids = ["subnet-0a1b2c3d4e5f67890", "subnet-0f9e8d7c6b5a43210"]
}

run "the_least_request_gives_a_closed_database" {
  command = plan

  assert {
    condition     = aws_db_instance.this.publicly_accessible == false && length(aws_security_group.this.ingress) == 0 && length(aws_security_group.this.egress) == 0
    error_message = "It has no public address and nobody may connect."
  }

  assert {
    condition     = aws_db_instance.this.storage_encrypted && aws_db_instance.this.storage_type == "gp3" && aws_db_instance.this.allocated_storage == 20
    error_message = "The disk is encrypted gp3 of 20 GB."
  }

  assert {
    condition     = aws_db_instance.this.deletion_protection && aws_db_instance.this.backup_retention_period == 7 && aws_db_instance.this.copy_tags_to_snapshot
    error_message = "It is backed up for a week and protected from deletion."
  }

  assert {
    condition     = aws_db_instance.this.multi_az == false && aws_db_instance.this.instance_class == "db.t4g.micro" && aws_db_instance.this.engine_version == "17"
    error_message = "What costs more needs to be asked for."
  }
}

run "no_password_is_known_to_terraform" {
  command = plan

  assert {
    condition     = aws_db_instance.this.manage_master_user_password && aws_db_instance.this.password == null && aws_db_instance.this.password_wo == null && aws_db_instance.this.iam_database_authentication_enabled
    error_message = "RDS keeps the password; IAM may sign in."
  }
}

run "outputs_say_how_to_connect" {
  command = apply

  assert {
    condition     = output.endpoint == "shop-db.sim.ap-northeast-2.rds.amazonaws.com" && output.port == 5432 && output.db_name == "app"
    error_message = "Host, port and database are reported."
  }

  assert {
    condition     = output.secret_arn == "arn:aws:secretsmanager:ap-northeast-2:111122223333:secret:rds!db-1"
    error_message = "The secret is reported, not what is in it."
  }
}

run "a_destroy_leaves_a_snapshot_of_its_own" {
  command = apply

  assert {
    condition     = aws_db_instance.this.skip_final_snapshot == false && can(regex("^shop-db-final-[0-9a-f]{8}$", aws_db_instance.this.final_snapshot_identifier))
    error_message = "The last snapshot has a name that no earlier one has."
  }
}

run "only_listed_groups_connect" {
  command = plan

  variables {
    allowed_security_group_ids = ["sg-0a1b2c3d4e5f67890", "sg-0f9e8d7c6b5a43210"]
  }

  assert {
    condition     = one(aws_security_group.this.ingress).security_groups == toset(["sg-0a1b2c3d4e5f67890", "sg-0f9e8d7c6b5a43210"]) && one(aws_security_group.this.ingress).from_port == 5432 && length(one(aws_security_group.this.ingress).cidr_blocks) == 0
    error_message = "The listed groups reach port 5432, and no range does."
  }
}

run "a_small_disk_is_left_at_its_own_speed" {
  command = plan

  variables {
    storage_gb = 399
  }

  # RDS takes no numbers for a smaller disk; the mock shows what is left out as its own.
  assert {
    condition     = aws_db_instance.this.storage_type == "gp3" && !local.is_wide
    error_message = "Nothing is said of a small disk's speed."
  }
}

run "a_disk_of_400_gb_has_the_speed_that_comes_with_it" {
  command = plan

  variables {
    storage_gb = 400
  }

  assert {
    condition     = aws_db_instance.this.iops == 12000 && aws_db_instance.this.storage_throughput == 500
    error_message = "A disk that grows past 400 GB would be asked to keep the speed of the smaller one."
  }
}

run "a_name_with_sg_in_front_is_taken" {
  command = plan

  variables {
    name = "sg-orders"
  }

  assert {
    condition     = !startswith(aws_security_group.this.name, "sg-")
    error_message = "AWS refuses the name of the security group."
  }
}

run "what_is_asked_for_reaches_the_server" {
  command = plan

  variables {
    engine_version      = "16"
    instance_class      = "db.m7g.large"
    storage_gb          = 100
    multi_az            = true
    backup_days         = 35
    deletion_protection = false
    tags                = { team = "payments" }
  }

  assert {
    condition     = aws_db_instance.this.engine_version == "16" && aws_db_instance.this.instance_class == "db.m7g.large" && aws_db_instance.this.allocated_storage == 100
    error_message = "Version, size and disk are those asked for."
  }

  assert {
    condition     = aws_db_instance.this.multi_az && aws_db_instance.this.backup_retention_period == 35 && aws_db_instance.this.deletion_protection == false
    error_message = "Standby, backups and protection are those asked for."
  }

  assert {
    condition     = aws_db_instance.this.tags == tomap({ team = "payments", Name = "shop-db" }) && aws_db_subnet_group.this.subnet_ids == toset(var.subnet_ids)
    error_message = "Tags are merged; it runs in the subnets named."
  }
}
