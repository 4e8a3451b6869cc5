using System.Net.Sockets;
using Laurel.Storage;
using Laurel.Storage.Sqlite;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace Laurel.Hosting;

/// <summary>Says why the server does not start in words for whoever started it.</summary>
public static class StartupErrors
{
    /// <summary>One line; null for what is not known to be the configuration's or the surroundings' fault.</summary>
    public static string? Explain(Exception error) => error switch
    {
        StartupException or DirectoryInUseException or NewerSchemaException or StorageUnavailableException => error.Message,
        OptionsValidationException invalid => string.Join(' ', invalid.Failures),
        IOException { InnerException: AddressInUseException } => $"{Sentence(error.Message)} Stop what uses it, or start with --urls http://127.0.0.1:PORT.",
        SocketException => $"None of the addresses can be listened on: {error.Message}. Addresses of this machine are given as --urls http://HOST:PORT.",
        IOException or UnauthorizedAccessException => error.Message,
        // A value that does not convert; an address that is none; a settings file that is no JSON.
        InvalidOperationException { Source: "Microsoft.Extensions.Configuration.Binder" } => error.Message,
        FormatException => $"{Sentence(error.Message)} Addresses are given as --urls http://HOST:PORT.",
        InvalidDataException => error.Message,
        _ => null,
    };

    private static string Sentence(string text) => $"{char.ToUpperInvariant(text[0])}{text[1..].TrimEnd('.')}.";
}
