/** What a session names in its settings: the SQL functions' extension. */
package org.longspan;
