using Npgsql;

namespace Laurel.Storage.Postgres;

/// <summary>A part of the transaction that can be undone by itself.</summary>
internal sealed class Savepoint(NpgsqlConnection connection)
{
    public void Set() => Execute("SAVEPOINT part");

    public void Release() => Execute("RELEASE part");

    public void Undo() => Execute("ROLLBACK TO part; RELEASE part");

    private void Execute(string sql)
    {
        using var command = new NpgsqlCommand(sql, connection);
        command.ExecuteNonQuery();
    }
}
