namespace Laurel.Client;

/// <summary>Makes the parts of addresses.</summary>
internal static class Addresses
{
    /// <summary>One part of a path, escaped.</summary>
    /// <exception cref="ArgumentException">It is empty, or one of the two that no path can have as a part.</exception>
    public static string Escape(string part) => part is null or "" or "." or ".."
        ? throw new ArgumentException($"'{part}' can be no part of a path.", nameof(part))
        : Uri.EscapeDataString(part);

    /// <summary>A query of the parameters that are not null, with the question mark; empty for none.</summary>
    public static string Query(params (string Name, string? Value)[] parameters)
    {
        var query = "";
        foreach (var (name, value) in parameters)
        {
            if (value is not null)
                query += $"{(query.Length == 0 ? '?' : '&')}{name}={Uri.EscapeDataString(value)}";
        }

        return query;
    }
}
