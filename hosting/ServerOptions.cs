namespace Laurel.Hosting;

/// <summary>Settings of the server: section <c>Laurel</c>, environment <c>Laurel__…</c>. Checked at start.</summary>
public sealed class ServerOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Laurel";

    /// <summary>Where the embedded database lives; created when missing. One process at a time.</summary>
    public string DataDirectory { get; set; } = "./data";

    /// <summary>An admin key to accept: any text of 16 to 512 characters that does not begin with <c>lrl_</c>. When null, the first start makes one.</summary>
    public string? AdminKey { get; set; }

    /// <summary>Where everything is kept.</summary>
    public StorageOptions Storage { get; set; } = new();

    /// <summary>Connections at a time; more are refused.</summary>
    public int MaxConnections { get; set; } = 20_000;
}

/// <summary>Which database: section <c>Laurel:Storage</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>The embedded database, in the data directory.</summary>
    public const string Sqlite = "sqlite";

    /// <summary>A PostgreSQL server.</summary>
    public const string Postgres = "postgres";

    /// <summary><see cref="Sqlite"/> or <see cref="Postgres"/>.</summary>
    public string Provider { get; set; } = Sqlite;

    /// <summary>For PostgreSQL, as Npgsql takes it.</summary>
    public string? ConnectionString { get; set; }
}
